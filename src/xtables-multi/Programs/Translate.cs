using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>sharptables translate</c>: rules of nft(8) in the words of iptables.</summary>
internal static class Translate
{
    private const int WrongUse = 2;
    private const char FromNftOption = '\x01';

    private static readonly ProgramOption[] s_options =
    [
        new(FromNftOption, "from-nft", "file", "Prints the rules of this file of nft(8) for iptables-restore and ip6tables-restore."),
        new('4', "ipv4", summary: "Prints only rules for IPv4."),
        new('6', "ipv6", summary: "Prints only rules for IPv6."),
        new('h', "help", summary: "Shows its usage."),
    ];

    public static ProgramDescription Describe(Family family) => new(
        "sharptables-translate", "says rules of nft(8) in the words of iptables", ["[-4|-6] --from-nft file"], """
        nft(8) loads the file in a network namespace of its own, which has no interfaces: the rules of this machine stay as they are. Base chains become
        the built-in chains that have their hook, type and priority; one of another priority becomes the built-in chain that packets meet at the same
        point. Rules of tables of the family inet become rules for IPv4 and for IPv6.

        What iptables cannot say is named on standard error, and a rule stands as a comment in its place: then the rest is not the same
        firewall, and the exit status is 1. Sets that have a name, maps, and counters, quotas and flow tables of their own are among that.
        """)
    {
        Operands = [],
        Options = s_options,
        ExitStatus = """
        0
          Everything has been said.

        1
          Something cannot be said; it has been named.

        2
          The options are wrong, there is no nft(8), or it does not accept the file.
        """,
        Examples = [new("Prints what a file says for IPv4", "printf 'table ip t { chain c { type filter hook input priority 0; tcp dport 22 accept; }; }' >rules.nft\nsharptables translate -4 --from-nft rules.nft")],
        SeeAlso = ["iptables-restore(8)", "sharptables(8)"],
    };

    public static int Run(Invocation invocation)
    {
        ErrorReport errors = new("sharptables translate");
        OptionReader reader = new(invocation, s_options);
        byte[]? file = null;
        bool isIPv4 = true, isIPv6 = true;
        try
        {
            for (char option; (option = reader.Next()) != '\0';)
            {
                switch (option)
                {
                    case FromNftOption:
                        file = reader.Value;
                        break;
                    case '4':
                        (isIPv4, isIPv6) = (true, false);
                        break;
                    case '6':
                        (isIPv4, isIPv6) = (false, true);
                        break;
                    default:
                        Output help = new(StandardStreams.Output);
                        ProgramHelp.Write(Describe(Family.IPv4), "sharptables translate", help);
                        help.Flush();
                        return 0;
                }
            }
        }
        catch (OptionException e)
        {
            errors.Line(e.Message);
            return WrongUse;
        }

        if (file is null || reader.Operands.Count > 0)
        {
            errors.Message("name a file of rules: --from-nft FILE");
            return WrongUse;
        }

        return FromNft.Load(file, invocation, errors) is not 0 and var status ? status : new FromNft(errors).Print(isIPv4, isIPv6);
    }
}
