using System.Globalization;
using System.Text;
using Sharptables.Testing;

namespace Sharptables.DifferentialTests.Running;

/// <summary>Runs a case on both sides at once and reports what differs.</summary>
public static class CaseRunner
{
    private const int TimeoutSeconds = 30;

    /// <summary>Null when ours does what the reference does, or, where it is meant to differ, what the case says; else a report.</summary>
    /// <param name="test">The case.</param>
    /// <param name="overNft">Whether over nf_tables.</param>
    public static string? Difference(Case test, bool overNft = false)
    {
        using Machine ours = new(overNft ? ProgramSet.OursOverNft : ProgramSet.Ours);
        using Machine reference = new(overNft ? ProgramSet.ReferenceOverNft : ProgramSet.Reference);
        Task<Outcome> theirs = Task.Run(() => Run(reference, test, isOurs: false));
        Outcome mine = Run(ours, test, isOurs: true);
        Outcome their = theirs.GetAwaiter().GetResult();

        StringBuilder report = new();
        bool sameTables = true;
        for (int i = 0; i < test.Commands.Count; i++)
        {
            CaseCommand command = test.Commands[i];
            CommandResult a = overNft ? Normalise.WithoutProtocols(mine.Results[i]) : mine.Results[i];
            CommandResult b = overNft ? Normalise.WithoutProtocols(their.Results[i]) : their.Results[i];
            List<string> wrong = Compare(command, a, b);
            wrong.AddRange(command.Saved.Where(line => !mine.Saves[i].Contains('\n' + line + '\n', StringComparison.Ordinal))
                .Select(line => $"not saved: {line}\n{Indent(mine.Saves[i])}"));
            sameTables &= a.ExitStatus == b.ExitStatus && command.Saved.Count == 0;
            if (wrong.Count > 0)
            {
                report.Append(CultureInfo.InvariantCulture, $"{test.File}.cases:{command.LineNumber}: {command.Line}\n");
                wrong.ForEach(text => report.Append("  ").Append(text).Append('\n'));
            }
        }

        bool counters = !test.Commands.Any(static c =>
            c.Line.Contains("ip link", StringComparison.Ordinal) || c.Line.Contains("ping", StringComparison.Ordinal));
        if (sameTables && (overNft ? NftRules.Difference(ours.ReadRules(counters), reference.ReadRules(counters))
            : RawTable.Difference(mine.Tables, their.Tables, counters)) is { } difference)
        {
            report.Append(
                CultureInfo.InvariantCulture,
                $"{test.File}.cases: after \"{test.Name}\" the kernel holds something else:\n{difference}");
        }

        return report.Length == 0 ? null : report.ToString();
    }

    /// <summary>What differs between the two results of a command, or between ours and what the case says.</summary>
    public static List<string> Compare(CaseCommand command, CommandResult ours, CommandResult reference)
    {
        List<string> wrong = [];
        if (ours.TimedOut || reference.TimedOut)
        {
            wrong.Add($"timed out: ours {ours.TimedOut}, reference {reference.TimedOut}");
        }

        bool asReference = command.Saved.Count == 0;
        void Check(string what, string mine, string theirs, string? expected)
        {
            if (expected is not null)
            {
                string normal = Normalise.Output(expected);
                asReference &= normal == theirs;
                if (mine != normal)
                {
                    wrong.Add($"{what}, as written:\n{Indent(normal)}\n  ours:\n{Indent(mine)}");
                }
            }
            else if (mine != theirs)
            {
                wrong.Add(Unlike(what, mine, theirs));
            }
        }

        Check("stdout", Normalise.Output(ours.Stdout), Normalise.Output(reference.Stdout), command.Stdout);
        Func<CommandResult, string> errors =
            command.FirstError is null ? result => Normalise.ErrorsBesideHints(result, reference) : Normalise.FirstError;
        Check("stderr", errors(ours), errors(reference), command.FirstError);
        Check(
            "exit status",
            ours.ExitStatus.ToString(CultureInfo.InvariantCulture),
            reference.ExitStatus.ToString(CultureInfo.InvariantCulture),
            command.ExitStatus?.ToString(CultureInfo.InvariantCulture));
        if (command.Differs is not null && asReference)
        {
            wrong.Add("said to differ, but the reference does all that is written: " + command.Differs);
        }

        return wrong;
    }

    private static string Unlike(string what, string ours, string reference)
    {
        if (!ours.Contains('\n', StringComparison.Ordinal) && !reference.Contains('\n', StringComparison.Ordinal))
        {
            return $"{what}:\n    reference: {reference}\n    ours:      {ours}";
        }

        string[] a = ours.Split('\n');
        string[] b = reference.Split('\n');
        int at = 0;
        while (at < a.Length && at < b.Length && a[at] == b[at])
        {
            at++;
        }

        string Line(string[] lines) => at < lines.Length ? lines[at] + "$" : "(no such line)";
        return $"{what}, line {at + 1}:\n    reference: {Line(b)}\n    ours:      {Line(a)}";
    }

    private static string Indent(string text) => "    " + text.TrimEnd('\n').Replace("\n", "\n    ", StringComparison.Ordinal);

    private static Outcome Run(Machine machine, Case test, bool isOurs)
    {
        List<CommandResult> results = [];
        List<string> saves = [];
        foreach (CaseCommand command in test.Commands)
        {
            results.Add(machine.Shell(command.Line, command.Stdin, TimeoutSeconds));
            saves.Add(isOurs && command.Saved.Count > 0 ? '\n' + machine.Shell("iptables-save; ip6tables-save").Stdout : "");
        }

        return new Outcome(results, saves, machine.ReadTables());
    }

    private sealed record Outcome(
        IReadOnlyList<CommandResult> Results, IReadOnlyList<string> Saves, IReadOnlyDictionary<string, RawTable> Tables);
}
