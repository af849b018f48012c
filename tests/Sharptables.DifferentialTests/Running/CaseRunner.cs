using System.Globalization;
using System.Text;
using Sharptables.Testing;

namespace Sharptables.DifferentialTests.Running;

/// <summary>Runs a case on both sides at once and reports what differs.</summary>
public static class CaseRunner
{
    private const int TimeoutSeconds = 30;

    /// <summary>Null when ours does what the reference does, or, where it is meant to differ, what the case says; else a report.</summary>
    public static string? Difference(Case test)
    {
        using Machine ours = new(ProgramSet.Ours);
        using Machine reference = new(ProgramSet.Reference);
        Task<Outcome> theirs = Task.Run(() => Run(reference, test, isOurs: false));
        Outcome mine = Run(ours, test, isOurs: true);
        return Compare(test, mine, [theirs.GetAwaiter().GetResult()], (their, counters) => RawTable.Difference(mine.Tables, their.Tables, counters));
    }

    /// <summary>The same over nf_tables, where ours does what one of two versions does.</summary>
    public static string? DifferenceOverNft(Case test)
    {
        using Machine ours = new(ProgramSet.OursOverNft);
        using Machine reference = new(ProgramSet.ReferenceOverNft);
        using Machine next = new(ProgramSet.NextReferenceOverNft);
        Task<Outcome> theirs = Task.Run(() => Run(reference, test, isOurs: false));
        Outcome mine = Run(ours, test, isOurs: true);
        Outcome[] all = [theirs.GetAwaiter().GetResult(), Run(next, test, isOurs: false)];
        return Compare(test, mine, all, (their, counters) =>
            NftRules.Difference(ours.ReadRules(counters), (their == all[0] ? reference : next).ReadRules(counters)), isNft: true);
    }

    private static string? Compare(Case test, Outcome mine, Outcome[] theirs, Func<Outcome, bool, string?> kernelDifference, bool isNft = false)
    {
        StringBuilder report = new();
        bool sameTables = true;
        for (int i = 0; i < test.Commands.Count; i++)
        {
            CaseCommand command = test.Commands[i];
            sameTables &= command.Saved.Count == 0 && (!isNft || command.Nft is null);
            sameTables &= !isNft || command.Differs is null;
            if (isNft && (command.Nft is not null || (command.Differs is not null && !test.IsOnlyOverNft)))
            {
                continue;
            }

            CommandResult a = mine.Results[i];
            List<string>? wrong = null;
            foreach (Outcome their in theirs)
            {
                List<string> other = !isNft ? Compare(command, a, their.Results[i])
                    : Compare(command, Normalise.WithoutProtocols(a), Normalise.WithoutProtocols(their.Results[i]));
                wrong = wrong is null || other.Count < wrong.Count ? other : wrong;
            }

            wrong!.AddRange(command.Saved.Where(line => !mine.Saves[i].Contains('\n' + line + '\n', StringComparison.Ordinal))
                .Select(line => $"not saved: {line}\n{Indent(mine.Saves[i])}"));
            sameTables &= Array.Exists(theirs, their => a.ExitStatus == their.Results[i].ExitStatus);
            if (wrong.Count > 0)
            {
                report.Append(CultureInfo.InvariantCulture, $"{test.File}.cases:{command.LineNumber}: {command.Line}\n");
                wrong.ForEach(text => report.Append("  ").Append(text).Append('\n'));
            }
        }

        bool counters = !test.Commands.Any(static c =>
            c.Line.Contains("ip link", StringComparison.Ordinal) || c.Line.Contains("ping", StringComparison.Ordinal));
        if (sameTables && Array.TrueForAll(theirs, their => kernelDifference(their, counters) is not null))
        {
            report.Append(
                CultureInfo.InvariantCulture,
                $"{test.File}.cases: after \"{test.Name}\" the kernel holds something else:\n{kernelDifference(theirs[^1], counters)}");
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
            saves.Add(isOurs && command.Saved.Count > 0 ? '\n' + machine.Shell("iptables-save; ip6tables-save; arptables-save; ebtables-save").Stdout : "");
        }

        return new Outcome(results, saves, machine.ReadTables());
    }

    private sealed record Outcome(
        IReadOnlyList<CommandResult> Results, IReadOnlyList<string> Saves, IReadOnlyDictionary<string, RawTable> Tables);
}
