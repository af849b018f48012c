using System;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>Every program of the binary. Links, manual pages and completions are made from this list.</summary>
internal static class ProgramList
{
    public static readonly ProgramEntry[] All =
    [
        new("iptables", Iptables.Run, Iptables.Describe) { Link = "iptables-legacy", Short = "main4" },
        new("ip6tables", Iptables.Run, Iptables.Describe) { Family = Family.IPv6, Link = "ip6tables-legacy", Short = "main6" },
        new("iptables-save", IptablesSave.Run, IptablesSave.Describe) { Link = "iptables-legacy-save", Short = "save4" },
        new("ip6tables-save", IptablesSave.Run, IptablesSave.Describe) { Family = Family.IPv6, Link = "ip6tables-legacy-save", Short = "save6" },
        new("iptables-restore", IptablesRestore.Run, IptablesRestore.Describe) { Link = "iptables-legacy-restore", Short = "restore4" },
        new("ip6tables-restore", IptablesRestore.Run, IptablesRestore.Describe) { Family = Family.IPv6, Link = "ip6tables-legacy-restore", Short = "restore6" },
        new("iptables-xml", IptablesXml.Run, IptablesXml.Describe) { Short = "xml" },
        new("nfbpf_compile", NfbpfCompile.Run, NfbpfCompile.Describe),
        new("iptables-apply", IptablesApply.Run, IptablesApply.Describe),
        new("ip6tables-apply", IptablesApply.Run, IptablesApply.Describe) { Family = Family.IPv6 },
        new("nfnl_osf", NfnlOsf.Run, NfnlOsf.Describe),
        new("nfsynproxy", NfSynProxy.Run, NfSynProxy.Describe),
        new("sharptables", SharptablesProgram.Run, SharptablesProgram.Describe),
    ];

    /// <summary>The program of that name; null if there is none.</summary>
    public static ProgramEntry? Find(string name) => Array.Find(All, program => program.IsNamed(name));

    /// <summary>Writes the links below a prefix, one per line: programs for any user are in <c>bin</c>.</summary>
    public static void WriteLinks(Output output)
    {
        output.Write("sbin/xtables-legacy-multi\n"u8);
        foreach (ProgramEntry program in All)
        {
            string folder = program.Describe(program.Family).ManualSection == 1 ? "bin" : "sbin";
            output.Write($"{folder}/{program.Name}\n");
            if (program.Link is { } link)
            {
                output.Write($"{folder}/{link}\n");
            }
        }
    }

    /// <summary>Lists the programs, when the binary was called by a name that is none of them.</summary>
    public static int ExplainUse(string? unknown)
    {
        Output errors = new(StandardStreams.Error);
        errors.Write(unknown is null ? "No program was named.\n" : $"There is no program \"{unknown}\" here.\n");
        errors.Write("Call this binary through a link with one of these names, or give one as its first word:\n");
        foreach (ProgramEntry program in All)
        {
            errors.Write(program.Link is null ? $"  {program.Name}\n" : $"  {program.Name}  {program.Link}\n");
        }

        errors.Flush();
        return 1;
    }
}
