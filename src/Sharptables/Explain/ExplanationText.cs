using System;
using System.Collections.Generic;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Explain;

/// <summary>Writes what becomes of a packet for people to read.</summary>
/// <param name="output">Where to write.</param>
/// <param name="file">The name of the file that the rules are from, for their lines; null: they are the kernel's.</param>
/// <param name="paint">Gives a word a colour of ECMA-48.</param>
internal sealed class ExplanationText(Output output, string? file, Func<string, int, string> paint)
{
    private const int Green = 32, Red = 31, Yellow = 33;
    private const int MostShown = 25;

    /// <summary>Whether the steps are shown, and not only what becomes of the packet.</summary>
    public bool ShowsWay { get; init; } = true;

    /// <summary>Writes it.</summary>
    public void Write(Explanation explanation)
    {
        IReadOnlyList<Ending> endings = explanation.Endings;
        if (endings.Count == 1 && explanation.IsWhole)
        {
            WriteVerdict(endings[0], "");
            foreach (Premise premise in endings[0].Premises)
            {
                output.Write($"  taken for granted: {premise}\n");
            }

            WriteWay(endings[0], "  ");
            return;
        }

        WriteSummary(explanation);
        for (int i = 0; i < endings.Count && i < MostShown; i++)
        {
            output.Write($"\n{Case(endings[i])}\n  ");
            WriteVerdict(endings[i], "  ");
            WriteWay(endings[i], "    ");
        }

        if (endings.Count > MostShown)
        {
            output.Write($"\nand {endings.Count - MostShown} cases more: say more of the packet\n");
        }
    }

    /// <summary>What decides, in a few words: <c>DROP by rule 7 of INPUT (filter)</c>.</summary>
    public static string Verdict(Ending ending) => ending switch
    {
        { By: { } rule } => $"{Word(ending)} by rule {rule.Number} of {rule.Chain.Name} ({rule.Chain.Table.Name})",
        { Policy: { } chain } => $"{Word(ending)} by the policy of {chain.Name} ({chain.Table.Name})",
        { Reason.Length: > 0 } => $"{Word(ending)}: {ending.Reason}",
        _ => $"{Word(ending)}: no rule is in the way",
    };

    /// <summary>What becomes of a packet, in a word.</summary>
    public static string Word(Ending ending) => ending.Fate switch
    {
        Fate.Accept => "ACCEPT",
        Fate.Drop => "DROP",
        Fate.Reject => "REJECT",
        Fate.Stolen => "TAKEN",
        _ => "UNKNOWN",
    };

    /// <summary>What an ending takes for granted, without what follows from the rest.</summary>
    public static IEnumerable<string> TextsOf(Ending ending)
    {
        List<string> texts = [];
        foreach (Premise premise in ending.Premises)
        {
            bool isImplied = !premise.Holds && premise.Condition is { } condition && IsImplied(condition, ending.Premises);
            string text = premise.ToString();
            if (!isImplied && !texts.Contains(text))
            {
                texts.Add(premise.DependsOn is { } what ? $"{text} ({what})" : text);
            }
        }

        return texts;
    }

    private static string Case(Ending ending)
    {
        string premises = string.Join(", ", TextsOf(ending));
        return (premises.Length > 0 ? $"if {premises}" : "otherwise") + (ending.Others > 0 ? $" (and in {ending.Others} other cases)" : "");
    }

    /// <summary>Whether it follows from what holds of the same field that a condition does not.</summary>
    private static bool IsImplied(Condition condition, IReadOnlyList<Premise> premises)
    {
        if (condition.Field.Slot is not { } slot || condition.Values.Within(condition.Field, slot) is not { } values)
        {
            return false;
        }

        Possible possible = slot.Possible;
        foreach (Premise premise in premises)
        {
            if (premise is { Holds: true, Condition: { } other } && other.Field.Slot == slot && other.Values.Within(other.Field, slot) is { } its)
            {
                possible = possible.Narrowed(its, isInverted: false);
            }
        }

        return possible.Ask(values) is Answer.No;
    }

    private void WriteSummary(Explanation explanation)
    {
        List<string> words = [];
        foreach (Ending ending in explanation.Endings)
        {
            if (!words.Contains(Word(ending)))
            {
                words.Add(Word(ending));
            }
        }

        int color = explanation.Passes switch { true => Green, false => Red, null => Yellow };
        string what = explanation.Passes is null ? "that depends on what is not known" : "in every case";
        output.Write($"{paint(string.Join(" or ", words), color)}: {what}{(explanation.IsWhole ? "" : "; there are more cases than these")}\n");
    }

    private void WriteVerdict(Ending ending, string indent)
    {
        int color = ending.Passes switch { true => Green, false => Red, _ => Yellow };
        string verdict = Verdict(ending), word = Word(ending);
        output.Write(paint(word, color) + verdict[word.Length..]);
        output.Write(ending.By is { } rule ? $": {rule.Text}{Place(rule)}\n" : "\n");
        if (ending is { By: not null, Reason.Length: > 0 })
        {
            output.Write($"{indent}{ending.Reason}\n");
        }
    }

    private string Place(AskedRule rule) => file is not null && rule.Line > 0 ? $"  [{file}:{rule.Line}]" : "";

    private void WriteWay(Ending ending, string indent)
    {
        if (!ShowsWay)
        {
            return;
        }

        foreach (Step step in ending.Steps)
        {
            switch (step)
            {
                case Step.Enters { Chain: var chain }:
                    output.Write($"{indent}{chain.Table.Name} {chain.Name}\n");
                    break;
                case Step.Takes { Rule: var rule } takes:
                    output.Write($"{indent}  rule {rule.Number}{(takes.IsSure ? "" : ", perhaps")}: {rule.Text}{Place(rule)}\n");
                    foreach (string change in takes.Changes)
                    {
                        output.Write($"{indent}    now {change}\n");
                    }

                    break;
                case Step.Leaves { Rule: var rule } leaves:
                    output.Write($"{indent}  not rule {rule.Number}: {rule.Text}\n{indent}    {leaves.Why}\n");
                    break;
                case Step.Returns { Chain: var chain }:
                    output.Write($"{indent}  back from {chain.Name}\n");
                    break;
                case Step.Policy { Chain: var chain } policy:
                    output.Write($"{indent}  policy of {chain.Name}: {MessageText.Of(StandardVerdict.Name(policy.Verdict))}\n");
                    break;
                case Step.Notes notes:
                    output.Write($"{indent}{notes.Text}\n");
                    break;
            }
        }
    }
}
