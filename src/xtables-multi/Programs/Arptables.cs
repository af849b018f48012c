using Sharptables.Extensions.Catalogue;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>arptables</c>, which is <see cref="Iptables"/> in another family.</summary>
internal static class Arptables
{
    /// <summary>What it exits with, and ebtables, too.</summary>
    /// <param name="check">The command that looks for a rule.</param>
    public static string ExitStatus(string check) => $"""
        0
          Success; for {check}, the chain has such a rule.

        1
          There is no such chain or rule, or the output could not be written.

        2
          The command line is wrong.

        3
          There is no such table.

        4
          The kernel refused, or this user may not do that.
        """;

    public static ProgramDescription Describe(Family family) => new(
        Family.Arp.Program, "sets up, maintains and shows the rules for ARP",
        [
            "[-t table] -A|-C|-D chain rule [option...]",
            "[-t table] -I chain [number] rule [option...]",
            "[-t table] -R chain number rule [option...]",
            "[-t table] -D chain number [option...]",
            "[-t table] -L|-S|-Z [chain [number]] [option...]",
            "[-t table] -F [chain] [option...]",
            "[-t table] -X [user-chain] [option...]",
            "[-t table] -N new-chain",
            "[-t table] -P chain policy [option...]",
            "[-t table] -E user-chain new-chain",
            "-h|-V",
        ],
        """
        With ARP, a machine asks which Ethernet address belongs to an IPv4 address, and others answer. The kernel holds rules for the ARP
        packets that come to a machine and leave it. This program lists and changes them; they are in nf_tables.

        It works as iptables(8): tables contain chains, and chains contain rules in a fixed order. A packet that meets all conditions of a
        rule is counted, and the rule's target decides what happens. A packet that reaches the end of a built-in chain meets its policy.
        """)
    {
        Usage = Iptables.Describe(family).Usage,
        Operands = [],
        Options = CommandLineDescription.OptionsFor(Family.Arp),
        Extensions = new ExtensionSet(Family.Arp),
        Sections =
        [
            new("TABLES", """
            There is one table, filter. Its built-in chains are INPUT, for ARP packets that come in, and OUTPUT, for those that the machine
            sends. Packets through a bridge are for ebtables(8).
            """),
            new("RULES", """
            An exclamation mark before a condition inverts it. It is a separate word: `! -s 192.0.2.0/24`. Behind the name of the option it is
            still accepted, with a warning.

            Without --h-type and --h-length a rule is about Ethernet: `--h-type 1 --h-length 6`. Only so is it known where the addresses are in
            a packet. `--h-type 0/0` stands for any kind of hardware, and `--h-length 0/0` for any length; a rule that asks for an address needs
            the length 6.

            A mask behind a slash says which bits are compared: `--src-mac 00:16:3e:00:00:00/ff:ff:ff:00:00:00` is any address of one maker.
            For Ethernet addresses there are the words Unicast, Multicast, Broadcast and BGA.

            With several addresses in -s and -d, separated by commas, -A, -I, -C and -D handle a rule for each pair.
            """),
            new("DIFFERENCES", """
            Arguments, output and exit status are those of arptables 1.8.10 over nf_tables. Masks of all options are kept, and what a rule
            cannot be made to ask is refused with the reason. The file differences.md of the documentation lists all differences.
            """),
        ],
        ExitStatus = ExitStatus("-C"),
        Examples =
        [
            new("Lets nobody but the router answer for its address:", """
            arptables -A INPUT --opcode Reply -s 192.0.2.1 ! --src-mac 00:16:3e:00:00:01 -j DROP
            """),
            new("Lists rules with counters, without looking up names:", "arptables -nvL"),
        ],
        SeeAlso = ["arptables-restore(8)", "arptables-save(8)", "ebtables(8)", "iptables(8)", "nft(8)"],
    };
}
