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
        new("iptables", Iptables.Run, Iptables.Describe)
        {
            Legacy = "iptables-legacy", Nft = "iptables-nft", Short = "main4",
        },
        new("ip6tables", Iptables.Run, Iptables.Describe)
        {
            Families = Families.IPv6, Legacy = "ip6tables-legacy", Nft = "ip6tables-nft", Short = "main6",
        },
        new("iptables-save", IptablesSave.Run, IptablesSave.Describe)
        {
            Legacy = "iptables-legacy-save", Nft = "iptables-nft-save", Short = "save4",
        },
        new("ip6tables-save", IptablesSave.Run, IptablesSave.Describe)
        {
            Families = Families.IPv6, Legacy = "ip6tables-legacy-save", Nft = "ip6tables-nft-save", Short = "save6",
        },
        new("iptables-restore", IptablesRestore.Run, IptablesRestore.Describe)
        {
            Legacy = "iptables-legacy-restore", Nft = "iptables-nft-restore", Short = "restore4",
        },
        new("ip6tables-restore", IptablesRestore.Run, IptablesRestore.Describe)
        {
            Families = Families.IPv6, Legacy = "ip6tables-legacy-restore", Nft = "ip6tables-nft-restore", Short = "restore6",
        },
        new("arptables", Iptables.Run, Arptables.Describe) { Families = Families.Arp, Nft = "arptables-nft" },
        new("arptables-save", IptablesSave.Run, IptablesSave.Describe) { Families = Families.Arp, Nft = "arptables-nft-save" },
        new("arptables-restore", IptablesRestore.Run, IptablesRestore.Describe) { Families = Families.Arp, Nft = "arptables-nft-restore" },
        new("ebtables", Iptables.Run, Ebtables.Describe) { Families = Families.Bridge, Nft = "ebtables-nft" },
        new("ebtables-save", IptablesSave.Run, IptablesSave.Describe) { Families = Families.Bridge, Nft = "ebtables-nft-save" },
        new("ebtables-restore", IptablesRestore.Run, IptablesRestore.Describe) { Families = Families.Bridge, Nft = "ebtables-nft-restore" },
        new("iptables-translate", IptablesTranslate.Run, IptablesTranslate.Describe),
        new("ip6tables-translate", IptablesTranslate.Run, IptablesTranslate.Describe) { Families = Families.IPv6 },
        new("arptables-translate", IptablesTranslate.Run, IptablesTranslate.Describe) { Families = Families.Arp },
        new("ebtables-translate", IptablesTranslate.Run, IptablesTranslate.Describe) { Families = Families.Bridge },
        new("iptables-restore-translate", IptablesRestoreTranslate.Run, IptablesRestoreTranslate.Describe),
        new("ip6tables-restore-translate", IptablesRestoreTranslate.Run, IptablesRestoreTranslate.Describe) { Families = Families.IPv6 },
        new("arptables-restore-translate", IptablesRestoreTranslate.Run, IptablesRestoreTranslate.Describe) { Families = Families.Arp },
        new("ebtables-restore-translate", IptablesRestoreTranslate.Run, IptablesRestoreTranslate.Describe) { Families = Families.Bridge },
        new("iptables-xml", IptablesXml.Run, IptablesXml.Describe) { Short = "xml" },
        new("nfbpf_compile", NfbpfCompile.Run, NfbpfCompile.Describe),
        new("iptables-apply", IptablesApply.Run, IptablesApply.Describe),
        new("ip6tables-apply", IptablesApply.Run, IptablesApply.Describe) { Families = Families.IPv6 },
        new("nfnl_osf", NfnlOsf.Run, NfnlOsf.Describe),
        new("nfsynproxy", NfSynProxy.Run, NfSynProxy.Describe),
        new("xtables-monitor", XtablesMonitor.Run, XtablesMonitor.Describe),
        new("sharptables", SharptablesProgram.Run, SharptablesProgram.Describe),
    ];

    /// <summary>The program of that name; null if there is none.</summary>
    public static ProgramEntry? Find(string name) => Array.Find(All, program => program.IsNamed(name));

    /// <summary>The interface that programs use by their names without it when a binary of that name runs them; null if that is open.</summary>
    public static KernelInterface? InterfaceOf(string multi) =>
        multi == "xtables-legacy-multi" ? KernelInterface.Legacy : multi == "xtables-nft-multi" ? KernelInterface.Nft : null;

    /// <summary>Writes the links below a prefix, one per line: programs for any user are in <c>bin</c>.</summary>
    public static void WriteLinks(Output output)
    {
        output.Write("sbin/xtables-legacy-multi\nsbin/xtables-nft-multi\n"u8);
        foreach (ProgramEntry program in All)
        {
            string folder = program.Describe(program.Family).ManualSection == 1 ? "bin" : "sbin";
            foreach (string link in program.Links)
            {
                output.Write($"{folder}/{link}\n");
            }
        }
    }

    /// <summary>Lists the programs, when the binary was called by a name that is none of them.</summary>
    public static int ExplainUse(string? word)
    {
        bool isAsked = word is "--help" or "--version" or "-h" or "-V";
        Output output = new(isAsked ? StandardStreams.Output : StandardStreams.Error);
        if (word is "--version" or "-V")
        {
            output.Write(Invocation.OwnVersionOf("xtables-multi"));
            output.Flush();
            return 0;
        }

        output.Write(isAsked ? "" : word is null ? "No program was named.\n" : $"There is no program \"{word}\" here.\n");
        output.Write("Call this binary through a link with one of these names, or give one as its first word:\n");
        foreach (ProgramEntry program in All)
        {
            output.Write($"  {string.Join("  ", program.Links)}\n");
        }

        output.Flush();
        return isAsked ? 0 : 1;
    }
}
