using System.Collections.Generic;
using Sharptables.Manual;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>The manual pages: one for each program and each command of sharptables, one for all matches and targets.</summary>
internal static class ManualPages
{
    /// <summary>All pages; a new list each time.</summary>
    public static List<ManualPageEntry> All()
    {
        List<ManualPageEntry> pages = [];
        foreach (ProgramEntry program in ProgramList.All)
        {
            // Programs whose descriptions differ only in the family share a page.
            ManualPageEntry? page = pages.Find(page => page.Describe == program.Describe);
            if (page is null)
            {
                page = new ManualPageEntry(program.Describe, program.Name);
                pages.Add(page);
            }
            else
            {
                page.Twins.Add(program.Name);
            }

            page.Links.AddRange(program.Links[1..]);
        }

        foreach (ProgramEntry command in SharptablesProgram.Commands)
        {
            pages.Add(new ManualPageEntry(command.Describe, $"sharptables {command.Name}"));
        }

        pages.Add(new ManualPageEntry(ExtensionsPage.Describe, "iptables") { More = ExtensionManual.Write });
        return pages;
    }

    /// <summary>Every name of a program.</summary>
    public static List<string> ProgramNames()
    {
        List<string> names = [];
        foreach (ProgramEntry program in ProgramList.All)
        {
            names.AddRange(program.Links);
        }

        return names;
    }

    public static void Write(ManualPageEntry page, ManualEdition edition, Output output) =>
        ManualPage.Write(page.Description, page.CalledAs, page.Twins, edition, new ManualText(output, ProgramNames()), page.More);
}
