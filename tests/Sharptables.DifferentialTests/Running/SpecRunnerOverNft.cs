using System.Globalization;
using Sharptables.Testing;

namespace Sharptables.DifferentialTests.Running;

/// <summary>
/// Runs all lines of a spec over nf_tables, one after the other in one namespace a side: ours and the C original take the same, hold the
/// same expressions, and save and list the same. Where a line says <c>differs:</c>, ours is as it is written.
/// </summary>
public static class SpecRunnerOverNft
{
    private static readonly Dictionary<string, string[]> s_views = new()
    {
        ["iptables"] = ["-L -n -v", "-S -v"],
        ["ip6tables"] = ["-L -n -v", "-S -v"],
        ["arptables"] = ["-L -n -v", "-L", "-S"],
        ["ebtables"] = ["-L", "-L --Lc"],
    };

    /// <summary>What differs, of one family.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<SpecCase> lines)
    {
        using Machine ours = new(ProgramSet.OursOverNft);
        using Machine alone = new(ProgramSet.OursOverNft); // for what is not compared
        using Machine reference = new(ProgramSet.ReferenceOverNft);
        using Machine next = new(ProgramSet.NextReferenceOverNft);
        Machine[] theirs = [reference, next];
        List<string> reports = [];
        List<SpecCase> taken = [];
        HashSet<string> setUp = [];
        foreach (SpecCase line in lines)
        {
            foreach (string command in line.Setup.Where(setUp.Add))
            {
                Array.ForEach([ours, alone, .. theirs], machine => SetUp(machine, command));
            }

            if (line.Known.ContainsKey("nftables"))
            {
                continue; // it says why it is not compared
            }

            if (line.Known.ContainsKey("differs"))
            {
                AsWritten(alone, line, reports);
                continue;
            }

            CommandResult mine = Add(ours, line);
            CommandResult[] answers = Array.ConvertAll(theirs, machine => Add(machine, line));
            List<string>[] wrong = Array.ConvertAll(answers, their => CaseRunner.Compare(new CaseCommand(line.Rule, line.Line), mine, their));
            if (Array.TrueForAll(wrong, static each => each.Count > 0))
            {
                Report(reports, line, string.Join("\n  ", wrong[^1]));
            }

            if (mine.ExitStatus == 0 && Array.TrueForAll(answers, static their => their.ExitStatus == 0))
            {
                taken.Add(line);
                continue;
            }

            foreach (Machine machine in (Machine[])[ours, .. theirs])
            {
                _ = machine.Shell(Words(line, "-D")); // so that the others still stand beside their like
            }
        }

        IReadOnlyList<string> rules = ours.ReadRules(counters: true);
        if (NftRules.Difference(rules, reference.ReadRules(counters: true), next.ReadRules(counters: true)) is { } difference)
        {
            reports.Add($"{lines[0].File}.spec:\n{difference}");
        }

        foreach ((string program, string table) in taken.Select(static line => (line.Program, line.Table)).Distinct())
        {
            foreach (string command in s_views[program].Select(view => $"{program} -t {table} {view}").Append(program == "arptables" ? "arptables-save -c" : $"{program}-save -c -t {table}"))
            {
                CommandResult mine = Normalise.WithoutProtocols(ours.Shell(command));
                List<string>[] wrong = Array.ConvertAll(
                    theirs, machine => CaseRunner.Compare(new CaseCommand(command, 0), mine, Normalise.WithoutProtocols(machine.Shell(command))));
                reports.AddRange(wrong.MinBy(static each => each.Count)!.Select(text => $"{lines[0].File}.spec: {command}\n  {text}"));
            }
        }

        foreach (SpecCase line in taken)
        {
            CheckAndDelete(ours, line, reports);
        }

        return reports;
    }

    private static void AsWritten(Machine ours, SpecCase line, List<string> reports)
    {
        CommandResult added = Add(ours, line);
        if (line.IsTaken != (added.ExitStatus == 0))
        {
            Report(reports, line, $"written: {(line.IsTaken ? "OK" : "FAIL")}, ours: exit {added.ExitStatus} {added.Stderr}");
        }

        if (added.ExitStatus == 0)
        {
            string saved = ours.Shell($"{line.Program}-save -t {line.Table}").Stdout;
            if (!saved.Contains($"\n{$"-A {line.Chain} {line.Saved}".TrimEnd()}\n", StringComparison.Ordinal))
            {
                Report(reports, line, $"written: {line.Saved}, ours:\n{saved}");
            }

            CheckAndDelete(ours, line, reports);
        }
    }

    private static void CheckAndDelete(Machine ours, SpecCase line, List<string> reports)
    {
        string answer = ours.Shell($"{Words(line, line.Program == "ebtables" ? "--check" : "-C")}; c=$?; {Words(line, "-D")}; echo $c $?").Stdout.Trim();
        if (answer != "0 0")
        {
            Report(reports, line, $"-C and -D by the same words: {answer}");
        }
    }

    private static void SetUp(Machine machine, string command)
    {
        CommandResult result = machine.Shell(command);
        if (result.ExitStatus != 0)
        {
            throw new InvalidOperationException($"{command}: {result.Stderr}");
        }
    }

    private static CommandResult Add(Machine machine, SpecCase line) => machine.Shell("SHARPTABLES_HINTS=never " + Words(line, "-A"));

    private static string Words(SpecCase line, string command) => $"{line.Program} -t {line.Table} {command} {line.Chain} {line.Rule}";

    private static void Report(List<string> reports, SpecCase line, string text) =>
        reports.Add(string.Create(CultureInfo.InvariantCulture, $"{line.File}.spec:{line.Line} ({line.Family}): {Words(line, "-A")}\n  {text}"));
}
