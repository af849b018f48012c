using Sharptables.Extensions.Catalogue;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>ebtables</c>, which is <see cref="Iptables"/> in another family.</summary>
internal static class Ebtables
{
    public static ProgramDescription Describe(Family family) => new(
        Family.Bridge.Program, "sets up, maintains and shows the rules for the frames of bridges",
        [
            "[-t table] -A|--check chain rule [option...]",
            "[-t table] -I chain [number] rule [option...]",
            "[-t table] -D chain number[:number]|rule [option...]",
            "[-t table] -C chain [number[:number]] packets bytes [rule]",
            "[-t table] -L [chain] [option...]",
            "[-t table] -F|-Z|-X [chain] [option...]",
            "[-t table] -N new-chain [-P policy]",
            "[-t table] -P chain policy",
            "[-t table] -E user-chain new-chain",
            "[-t table] --init-table",
            "[-t table] --atomic-file file --atomic-init|--atomic-save|--atomic-commit",
            "-h|-V",
        ],
        """
        A bridge connects network interfaces: what comes in by one goes out by others, as Ethernet frames. The kernel holds rules for these
        frames. This program lists and changes them; they are in nf_tables.

        It works as iptables(8): tables contain chains, and chains contain rules in a fixed order. A frame that meets all conditions of a
        rule is counted, and the rule's target decides what happens. A frame that reaches the end of a chain meets its policy.
        """)
    {
        Usage =
        [
            "-[ADI] chain rule-specification [options]",
            "-P chain target",
            "-[LFZ] [chain]",
            "-[NX] [chain]",
            "-E old-chain-name new-chain-name",
        ],
        Operands = [],
        Options = CommandLineDescription.OptionsFor(Family.Bridge),
        Extensions = new ExtensionSet(Family.Bridge),
        Sections =
        [
            new("TABLES", """
            filter
              Accepts or drops frames. Built-in chains: INPUT (for the bridge itself), FORWARD (through it), OUTPUT (from the machine).

            nat
              Changes Ethernet addresses. Built-in chains: PREROUTING, OUTPUT, POSTROUTING.

            broute
              Decides what is not bridged but routed. Built-in chain: BROUTING. DROP there means: routed.
            """),
            new("TARGETS", """
            ACCEPT, DROP and RETURN are verdicts; CONTINUE, or no -j at all, goes on to the next rule. Any other word after -j is a chain of
            the same table or one of the targets below.
            """),
            new("CHAINS", """
            A chain of a user has a policy, too: what reaches its end meets it. It is ACCEPT unless -P says DROP or RETURN, at once with
            `-N chain -P DROP` or later. It is a rule at the end of the chain that has no number and that -F leaves there.

            Rules are numbered from 1; -1 is the last. `-D chain 2:` or `2:-1` deletes all but the first, and `-I chain 0` appends.

            -C sets the counters of rules, by number or by the rule itself; `+5` adds to them, and `-5` subtracts. No bounds are checked. Of
            several rules that are alike, -D, -C and --check with -c take the one with these counters.
            """),
            new("FILES AS TABLES", """
            With --atomic-file, commands work on the table in a file, and the kernel sees nothing of it. --atomic-init makes the file, with an
            empty table, or --atomic-save, with the table in force; --atomic-commit puts it in force in one step, with its counters. The file is
            text, as ebtables-save(8) writes it. EBTABLES_ATOMIC_FILE in the environment names it for all commands.
            """),
            new("RULES", """
            An exclamation mark inverts a condition. It stands before the option or behind it: `-p ! IPv4`.

            -p takes a name of /etc/ethertypes, a hexadecimal number of at least 0600, or LENGTH for frames with their length in its place.
            -s and -d take an Ethernet address with an optional mask, or one of the words Unicast, Multicast, Broadcast and BGA (the bridges'
            group address). A plus sign at the end of an interface's name stands for any rest.

            The options of all matches are known without -m. Watchers (--log, --nflog) note each frame that the conditions of a rule take,
            before its target. Those of the protocols need -p.
            """),
            new("DIFFERENCES", """
            Arguments, output and exit status are those of ebtables 1.8.10 over nf_tables. -C works, ranges of rules delete what they say, and
            listings show the policy that a chain has. A binary file that another ebtables has written with --atomic-save is not read. The file
            differences.md of the documentation lists all differences.
            """),
        ],
        ExitStatus = Arptables.ExitStatus("--check"),
        Files = [("/etc/ethertypes", "Names of protocols.")],
        Examples =
        [
            new("Lets only IPv4 and ARP through a bridge:", """
            ebtables -P FORWARD DROP
            ebtables -A FORWARD -p IPv4 -j ACCEPT
            ebtables -A FORWARD -p ARP -j ACCEPT
            """),
            new("Lets a guest use only its own address:", """
            ebtables -A FORWARD -i vnet0 -s ! 52:54:00:00:00:01 -j DROP
            """),
            new("Lists rules with numbers and counters:", "ebtables -L --Ln --Lc"),
        ],
        SeeAlso = ["arptables(8)", "ebtables-restore(8)", "ebtables-save(8)", "iptables(8)", "nft(8)"],
    };
}
