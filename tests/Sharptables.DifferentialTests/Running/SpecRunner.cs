using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sharptables.Testing;

namespace Sharptables.DifferentialTests.Running;

/// <summary>Runs a line of a spec on ours, against what is written, and on the C original, against what it does.</summary>
public static partial class SpecRunner
{
    /// <summary>Bytes that the original leaves in a rule and the kernel ignores, by the names of specs.</summary>
    private static readonly Dictionary<string, string> s_idle = new()
    {
        ["ConnLimit"] = "a mask for IPv4 beyond 32 bits",
        ["HMark"] = "a mask for IPv4 beyond 32 bits",
        ["EcnTarget"] = "bits that are not to be written",
        ["Policy"] = "elements beyond their count",
        ["Sctp"] = "flags of chunks that are not asked for",
        ["Time"] = "the day 0 of a month",
    };

    /// <summary>Null when ours does what the line says and, unless it says <c>differs:</c>, what the original does.</summary>
    public static string? Difference(SpecCase line)
    {
        using Machine ours = new(ProgramSet.Ours);
        Outcome mine;
        Outcome? their = null;
        if (line.Known.ContainsKey("differs"))
        {
            mine = Run(ours, line, views: true);
        }
        else
        {
            using Machine reference = new(ProgramSet.Reference);
            Task<Outcome> theirs = Task.Run(() => Run(reference, line, views: false));
            mine = Run(ours, line, views: true);
            their = theirs.GetAwaiter().GetResult();
        }

        List<string> wrong = AgainstWritten(line, mine);
        if (their is not null)
        {
            wrong.AddRange(CaseRunner.Compare(new CaseCommand(line.Rule, line.Line), mine.Added, their.Added));
            if (RawTable.Difference(mine.Tables, their.Tables, counters: true) is { } difference)
            {
                wrong.Add(difference);
            }
        }

        return wrong.Count == 0 ? null : new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{line.File}.spec:{line.Line}: {AddCommand(line)}\n  ")
            .AppendJoin("\n  ", wrong).ToString();
    }

    /// <summary>
    /// Loads all rules of a spec that both take, one table after the other, and compares every view of them; null when alike.
    /// </summary>
    public static string? ListingDifference(string file, IEnumerable<SpecCase> lines)
    {
        List<CaseCommand> commands = [];
        foreach (IGrouping<(string Program, string Table), SpecCase> group in lines
            .Where(static l => l.IsTaken && !l.Known.ContainsKey("differs") && l.Rule.AsSpan().IndexOfAny("'\"\\$`|&<>*?") < 0)
            .GroupBy(static l => (l.Program, l.Table)))
        {
            commands.AddRange(group.SelectMany(static l => l.Setup).Distinct()
                .Where(command => commands.All(c => c.Line != command)).Select(static command => new CaseCommand(command, 0)).ToList());
            string rules = string.Concat(group.Select(static l => $"-A {l.Chain} {l.Rule}\n"));
            commands.Add(new CaseCommand($"{group.Key.Program}-restore", 0) { Stdin = $"*{group.Key.Table}\n{rules}COMMIT\n" });
            commands.AddRange(((string[])["-L -n", "-L -v", "-L -n -v -x --line-numbers", "-S -v"])
                .Select(view => new CaseCommand($"{group.Key.Program} -t {group.Key.Table} {view}", 0)));
            commands.Add(new CaseCommand($"{group.Key.Program}-save -c -t {group.Key.Table}", 0));
        }

        return commands.Count == 0 ? null : CaseRunner.Difference(new Case(file, "listing", commands));
    }

    /// <summary>
    /// Lets the original make a rule that ours takes otherwise, or not at all, and ours save and restore what the kernel then holds; null
    /// when that is the same again, and when the original does not take it either. Where bytes are idle, all that both programs say of it is.
    /// </summary>
    public static string? RoundTripDifference(SpecCase line)
    {
        using Machine made = new(ProgramSet.Ours);
        using Machine again = new(ProgramSet.Ours);
        SetUp(made, line.Setup);
        SetUp(again, line.Setup);
        if (made.ShellWith(ProgramSet.Reference, AddCommand(line)).ExitStatus != 0)
        {
            return null;
        }

        CommandResult saved = made.Shell($"{line.Program}-save -t {line.Table}");
        CommandResult restored = again.Shell($"{line.Program}-restore", saved.Stdout);
        string? wrong = saved.ExitStatus != 0 ? saved.Stderr
            : restored.ExitStatus != 0 ? restored.Stderr
            : s_idle.ContainsKey(line.File) ? DifferenceInSaves(line, again, made)
            : RawTable.Difference(again.ReadTables(), made.ReadTables(), counters: true);
        return wrong is null ? null : $"{line.File}.spec:{line.Line}: the original made {AddCommand(line)}\n{saved.Stdout}{wrong}";
    }

    private static string? DifferenceInSaves(SpecCase line, Machine again, Machine made)
    {
        string Saves(Machine machine) => string.Concat(((ProgramSet[])[ProgramSet.Ours, ProgramSet.Reference])
            .Select(side => Normalise.Output(machine.ShellWith(side, $"{line.Program}-save -t {line.Table}").Stdout)));
        return Saves(again) == Saves(made) ? null : Saves(again);
    }

    private static List<string> AgainstWritten(SpecCase line, Outcome mine)
    {
        List<string> wrong = [];
        void Check(string what, string written, string is_)
        {
            if (written != is_)
            {
                wrong.Add($"{what}, written: {written}\n{new string(' ', what.Length)}     ours:    {is_}");
            }
        }

        string error = ErrorPrefix().Replace(mine.Added.FirstError, "");
        error = error.StartsWith("ip6tables: ", StringComparison.Ordinal) ? error.Remove(2, 1) : error;
        if (line.IsTaken != (mine.Added.ExitStatus == 0))
        {
            Check("result", line.IsTaken ? "OK" : "FAIL", $"exit {mine.Added.ExitStatus} {error}");
        }

        if (line.Known.TryGetValue("exit", out string? exit))
        {
            Check("exit", exit, mine.Added.ExitStatus.ToString(CultureInfo.InvariantCulture));
        }

        if (line.Known.TryGetValue("error", out string? known))
        {
            Check("error", known, error);
        }

        if (!line.IsTaken || mine.Added.ExitStatus != 0)
        {
            return wrong;
        }

        string start = $"-A {line.Chain}";
        string saved = mine.Save.Split('\n').FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal), start + " (nothing)");
        Check("saved", $"{start} {line.Saved}".TrimEnd(), saved);
        if (line.Known.TryGetValue("list", out string? list))
        {
            // A listing that begins or ends with a blank is written in quotes.
            string bare = list.Length > 1 && list[0] == '"' && list[^1] == '"' ? list[1..^1] : list;
            string listed = ListTail(mine.List);
            if (listed != list)
            {
                Check("list", bare, listed);
            }
        }

        Check("-C and -D by the same words", "0 0", mine.CheckAndDelete);
        return wrong;
    }

    private static string ListTail(string listing)
    {
        string[] lines = listing.Split('\n');
        string rule = lines.Length > 2 ? lines[2] : "";
        Match match = RulePattern().Match(rule);
        if (!match.Success)
        {
            return "(no rule listed) " + rule;
        }

        string rest = rule[match.Groups[1].Index..];
        string tail = rest[Math.Min(rest.Length, Math.Max(20, match.Groups[1].Length))..];
        return tail.StartsWith(' ') ? tail[1..] : tail;
    }

    private static string AddCommand(SpecCase line) => $"{line.Program} -t {line.Table} -A {line.Chain} {line.Rule}";

    private static Outcome Run(Machine machine, SpecCase line, bool views)
    {
        SetUp(machine, line.Setup);
        CommandResult added = machine.Shell("SHARPTABLES_HINTS=never " + AddCommand(line)); // then all of standard error is the original's
        IReadOnlyDictionary<string, RawTable> tables = machine.ReadTables();
        if (!views || added.ExitStatus != 0)
        {
            return new Outcome(added, "", "", "", tables);
        }

        const string Mark = "\n@@\n";
        string program = $"{line.Program} -t {line.Table}";
        string[] parts = machine.Shell(
            $"{line.Program}-save -t {line.Table}; printf '{Mark}'; {program} -L {line.Chain} -n; printf '{Mark}'; "
            + $"{program} -C {line.Chain} {line.Rule}; c=$?; {program} -D {line.Chain} {line.Rule}; echo $c $?").Stdout.Split(Mark);
        return new Outcome(added, parts[0], parts[1], parts[2].Trim(), tables);
    }

    private static void SetUp(Machine machine, IReadOnlyList<string> commands)
    {
        foreach (string command in commands)
        {
            CommandResult result = machine.Shell(command);
            if (result.ExitStatus != 0)
            {
                throw new InvalidOperationException($"{command}: {result.Stderr}");
            }
        }
    }

    [GeneratedRegex(@"^(?:\S*/)?ip6?tables(?:-legacy)? v\S+ \(legacy\): ")]
    private static partial Regex ErrorPrefix();

    [GeneratedRegex(@"^(?:\S+ +| +)\S+ +(?:--|-f|!f|  ) +(?:!?\S+) +(!?\S+)(.*)$")]
    private static partial Regex RulePattern();

    private sealed record Outcome(
        CommandResult Added, string Save, string List, string CheckAndDelete, IReadOnlyDictionary<string, RawTable> Tables);
}
