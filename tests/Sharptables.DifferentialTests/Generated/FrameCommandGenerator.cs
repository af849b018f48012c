using System.Globalization;
using Sharptables.Testing;

namespace Sharptables.DifferentialTests.Generated;

/// <summary>
/// Composes commands of arptables and ebtables from a seed, but for those that are known to do something else (docs/differences.md).
/// </summary>
internal sealed class FrameCommandGenerator : RandomWords
{
    /// <summary>The original lists all users' policies as RETURN, and 1.8.11 writes <c>!</c> before the option.</summary>
    private const string MadeComparable =
        @" | sed -e 's/^\(Bridge chain: [a-z].*\) policy: .*/\1/' -e 's/\(^\| \)! \(--*[a-z0-9_-]*\) /\1\2 ! /g'";

    // The original does not list the first two as they are typed; the kernel of the tests does not have the others for bridges.
    private static readonly string[] s_notOnBridges = ["AUDIT", "NFLOG", "NFQUEUE", "MARK", "CLASSIFY"];

    private static readonly (string Name, string[] Options)[] s_lackOptions =
    [
        ("mark", ["--mark-set", "--set-mark", "--mark-or", "--mark-and", "--mark-xor"]),
        ("dnat", ["--to-d"]),
        ("snat", ["--to-s"]),
        ("MARK", ["--and", "--or", "--xor", "--set"]),
        ("mangle", ["--mangle-ip", "--mangle-mac"]),
    ];

    private static readonly string[] s_userChains = ["u1", "u2", "libvirt-J-vnet0"];

    private static readonly Dictionary<string, Dictionary<string, string[]>> s_chains = new()
    {
        ["arp"] = new() { ["filter"] = ["INPUT", "OUTPUT"] },
        ["bridge"] = new() { ["filter"] = ["INPUT", "FORWARD", "OUTPUT"], ["nat"] = ["PREROUTING", "OUTPUT", "POSTROUTING"] },
    };

    private readonly List<List<string>> _appended = [];
    private readonly HashSet<string> _before = [];
    private bool _hasErred;

    public FrameCommandGenerator(int seed)
        : base(seed, validOnly: false)
    {
        Family = Chance(0.3) ? "arp" : "bridge";
        VariesOptions = false;
    }

    /// <inheritdoc/>
    protected override bool Errs(double odds) => !_hasErred && (_hasErred = base.Errs(odds)); // of two mistakes each side may name another

    private string Program => Family == "arp" ? "arptables" : "ebtables";

    /// <summary>A command as a shell line whose output can be compared.</summary>
    public static string LineOf(List<string> words) => string.Join(' ', words) + (
        words[0] is "ebtables-save" || (words[0] is "ebtables" && words.Contains("-L")) ? MadeComparable : "");

    /// <summary>Whether ours does something else on purpose (docs/differences.md).</summary>
    public static bool IsKnownToDiffer(List<string> words) =>
        (words[0] == "arptables" && words.Exists(static word => word.StartsWith("--set-", StringComparison.Ordinal)))
        || s_lackOptions.Any(target => words.IndexOf(target.Name) is > 0 and var at && words[at - 1] == "-j"
            && !words.Exists(word => Array.Exists(target.Options, word.StartsWith)));

    /// <summary>So many commands, and what shows their outcome.</summary>
    public List<List<string>> All(int count)
    {
        List<List<string>> commands = [[Program, "-N", "u1"], .. Enumerable.Range(0, count).Select(_ => Next())];
        commands.InsertRange(0, _before.Select(static line => new List<string> { line }));
        commands.Add([Program + "-save", "-c"]);
        commands.AddRange(s_chains[Family].Keys.Where(table => commands.Exists(c => c.Contains(table) || table == "filter"))
            .Select(table => new List<string> { Program, "-t", table, "-L", Family == "arp" ? "-v" : "--Lc" }));
        return commands;
    }

    private List<string> Next()
    {
        string table = Pick([.. s_chains[Family].Keys]);
        string chain = Chance(0.3) ? Pick(s_userChains) : Pick(s_chains[Family][table]);
        string[] begin = [Program, .. table == "filter" ? (string[])[] : ["-t", table]];
        string number = Random.Next(1, 4).ToString(CultureInfo.InvariantCulture);
        int kind = Random.Next(100);
        return kind switch
        {
            < 62 => Append(),
            < 66 when _appended.Count > 0 => Again(),
            < 70 => [.. begin, "-D", chain, number],
            < 75 => [.. begin, "-N", Pick(s_userChains), .. Family == "bridge" && Chance(0.4) ? (string[])["-P", Policy()] : []],
            < 78 => [.. begin, "-X", .. Maybe(0.8, Pick(s_userChains))],
            < 80 => [.. begin, "-E", Pick(s_userChains), "u9"],
            < 85 => [.. begin, "-P", table == "filter" && Chance(0.3) ? "u1" : Pick(s_chains[Family][table]), Policy()],
            < 88 => [.. begin, "-F", .. Maybe(0.7, chain)],
            < 90 => [.. begin, "-Z", .. Maybe(0.7, chain)],
            _ when Family == "arp" => [.. begin, "-L", .. Maybe(0.6, chain), .. Maybe(0.4, "-n"), .. Maybe(0.3, "--line-numbers")],
            _ => [.. begin, "-L", .. Maybe(0.6, chain), .. Maybe(0.4, "--Lc"), .. Maybe(0.3, "--Lx")],
        };
    }

    private static bool IsWatcher(ExtensionSample part) => part.Name is "log" or "nflog";

    private string Policy() => Pick(["ACCEPT", "DROP", "DROP", "RETURN", "CONTINUE", "foo"]);

    private List<string> Again()
    {
        List<string> again = [.. _appended[Random.Next(_appended.Count)]];
        int at = again.FindIndex(static word => word is "-A" or "-I");
        again.RemoveRange(at + 2, again[at] == "-I" ? 1 : 0); // the number
        again[at] = Chance(0.5) ? "-D" : Family == "arp" ? "-C" : "--check";
        return again;
    }

    private List<string> Append()
    {
        ExtensionSample[] all =
            [.. Samples.Where(sample => sample.Families.Contains(Family) && !(Family == "bridge" && s_notOnBridges.Contains(sample.Name)))];
        _hasErred = false;
        ExtensionSample? target = Chance(0.06) ? null : Pick([.. all.Where(static sample => sample.IsTarget)]);
        List<ExtensionSample> parts = [Pick([.. all.Where(static sample => sample.Name == "(head)")])];
        int most = target is not null && IsWatcher(target) ? 2 : 3; // of three beside the head the original shows two
        for (double odds = 0.8; parts.Count < most && Chance(odds); odds *= 0.3)
        {
            ExtensionSample[] others = [.. all.Where(sample => !sample.IsTarget && !parts.Append(target).OfType<ExtensionSample>()
                .Any(part => part.Name == sample.Name || (part.With.Count > 0 && sample.With.Count > 0)))];
            parts.AddRange(others.Length > 0 ? [Pick(others)] : []);
        }

        string table = target?.Tables is null || Errs(0.03) ? Pick([.. s_chains[Family].Keys]) : Pick(target.Tables);
        string chain = Chance(0.1) ? Pick(s_userChains)
            : target?.Chains is null || Errs(0.03) ? Pick(s_chains[Family][table])
            : Pick(target.Chains);
        List<string> words =
            [Program, .. table == "filter" ? (string[])[] : ["-t", table], .. Chance(0.9) ? (string[])["-A", chain] : ["-I", chain, "1"]];
        words.AddRange(parts.Append(target).Select(static part => part?.With ?? []).FirstOrDefault(static with => with.Count > 0) ?? []);
        parts = [.. parts.OrderBy(IsWatcher)]; // behind all matches, whose outcome they wait for
        string? notHere = Errs(0.03) ? null
            : chain is "OUTPUT" or "POSTROUTING" ? "--in"
            : chain is "INPUT" or "PREROUTING" ? "--out"
            : null;
        List<OptionSample> here = parts[0].Options.FindAll(option => notHere is null || !option.Name.StartsWith(notHere, StringComparison.Ordinal));
        parts[0] = parts[0] with { Options = here };
        parts.ForEach(part => AddOptions(words, part));
        words.AddRange(target is null ? Chance(0.5) ? ["-j", Pick(s_userChains)] : [] : ["-j", target.Name]);
        if (target is not null)
        {
            AddOptions(words, target);
        }

        foreach (ExtensionSample part in parts.Append(target).OfType<ExtensionSample>())
        {
            _before.UnionWith(part.Before);
        }

        _appended.Add([.. words]);
        return words;
    }
}
