using System;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>Every program of the binary. Links, manual pages and completions are made from this list.</summary>
internal static class ProgramList
{
    /// <summary>The programs.</summary>
    public static readonly ProgramEntry[] All =
    [
        new("iptables", Iptables.Run, Iptables.Describe) { Link = "iptables-legacy", Short = "main4" },
        new("ip6tables", Iptables.Run, Iptables.Describe, Family.IPv6) { Link = "ip6tables-legacy", Short = "main6" },
        new("iptables-save", IptablesSave.Run, IptablesSave.Describe) { Link = "iptables-legacy-save", Short = "save4" },
        new("ip6tables-save", IptablesSave.Run, IptablesSave.Describe, Family.IPv6) { Link = "ip6tables-legacy-save", Short = "save6" },
        new("iptables-restore", IptablesRestore.Run, IptablesRestore.Describe) { Link = "iptables-legacy-restore", Short = "restore4" },
        new("ip6tables-restore", IptablesRestore.Run, IptablesRestore.Describe, Family.IPv6) { Link = "ip6tables-legacy-restore", Short = "restore6" },
        new("sharptables", SharptablesProgram.Run, SharptablesProgram.Describe),
    ];

    /// <summary>Finds a program by a name it is called by; null when there is none.</summary>
    public static ProgramEntry? Find(string name) => Array.Find(All, program => program.IsNamed(name));

    /// <summary>Writes the names that links are to be made for, one to a line.</summary>
    public static void WriteNames(Output output)
    {
        output.Write("xtables-legacy-multi\n"u8);
        foreach (ProgramEntry program in All)
        {
            output.Write($"{program.Name}\n");
            if (program.Link is { } link)
            {
                output.Write($"{link}\n");
            }
        }
    }

    /// <summary>Says which programs there are, when the binary was called by a name that is none of them.</summary>
    public static int ExplainUse(string? unknown)
    {
        Output errors = new(StandardStreams.Error);
        errors.Write(unknown is null ? "No program was named.\n" : $"There is no program \"{unknown}\" here.\n");
        errors.Write("Call this binary through a link named like one of these, or name one as its first word:\n");
        foreach (ProgramEntry program in All)
        {
            errors.Write(program.Link is null ? $"  {program.Name}\n" : $"  {program.Name}  {program.Link}\n");
        }

        errors.Flush();
        return 1;
    }
}
