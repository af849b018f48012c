using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>Every name that the binary may be called by. The Makefile makes a link for those that are not only for <c>xtables-multi NAME</c>.</summary>
internal static class ProgramList
{
    /// <summary>Finds a program by name.</summary>
    public static bool TryFind(string name, out ProgramEntry program)
    {
        program = name switch
        {
            "iptables" or "iptables-legacy" or "main4" => new(name, Family.IPv4, Iptables.Run),
            "ip6tables" or "ip6tables-legacy" or "main6" => new(name, Family.IPv6, Iptables.Run),
            "iptables-save" or "iptables-legacy-save" or "save4" => new(name, Family.IPv4, IptablesSave.Run),
            "ip6tables-save" or "ip6tables-legacy-save" or "save6" => new(name, Family.IPv6, IptablesSave.Run),
            "iptables-restore" or "iptables-legacy-restore" or "restore4" => new(name, Family.IPv4, IptablesRestore.Run),
            "ip6tables-restore" or "ip6tables-legacy-restore" or "restore6" => new(name, Family.IPv6, IptablesRestore.Run),
            "sharptables" => new(name, Family.IPv4, SharptablesProgram.Run),
            _ => default,
        };
        return program.Run is not null;
    }

    /// <summary>Says which programs there are, when the binary was called by a name that is none of them.</summary>
    public static int ExplainUse(string? unknown)
    {
        Output errors = new(StandardStreams.Error);
        errors.Write(unknown is null ? "No program was named.\n" : $"There is no program \"{unknown}\" here.\n");
        errors.Write("Call this binary through a link named like one of these, or name one as its first word:\n");
        foreach (string name in (string[])["iptables", "ip6tables"])
        {
            errors.Write($"  {name}  {name}-save  {name}-restore  {name}-legacy  {name}-legacy-save  {name}-legacy-restore\n");
        }

        errors.Write("  sharptables\n");
        errors.Flush();
        return 1;
    }
}
