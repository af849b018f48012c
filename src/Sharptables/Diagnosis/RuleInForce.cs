using System.Collections.Generic;
using System.Text;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Diagnosis;

/// <summary>A rule, as iptables-save writes it.</summary>
/// <param name="Family">The family.</param>
/// <param name="Program">The program that changes it, such as <c>iptables</c>.</param>
/// <param name="Table">The table.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Number">Its number in the chain, from 1.</param>
/// <param name="Text">The line, with <c>-A</c>.</param>
internal sealed record RuleInForce(Family Family, string Program, string Table, string Chain, int Number, string Text)
{
    private const int BeforeConditions = 2; // -A CHAIN

    private List<string> Words => field ??= WordsOf(Text);

    /// <summary>Its target, chain to jump to, or verdict; empty for none.</summary>
    public string Target => After("-j") ?? After("-g") ?? "";

    /// <summary>Whether it asks for nothing, and so takes every packet.</summary>
    public bool TakesAll => Words.Count > BeforeConditions && Words[BeforeConditions] is "-j" or "-g";

    /// <summary>Whether it has a match.</summary>
    public bool Has(string match)
    {
        for (int i = BeforeConditions; i + 1 < Words.Count; i++)
        {
            if (Words[i] == "-m" && Words[i + 1] == match)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an option is given.</summary>
    public bool Says(string option) => PlaceOf(option) >= 0;

    /// <summary>The word after an option, inverted or not; null without it.</summary>
    public string? After(string option)
    {
        int at = PlaceOf(option);
        return at >= 0 && at + 1 < Words.Count ? Words[at + 1] : null;
    }

    /// <summary>How it is named in a sentence.</summary>
    public string Where => $"rule {Number} of chain {Chain} in table {Table} ({Family.Name})";

    /// <summary>The command that replaces it by the same with something added.</summary>
    public string ReplacedWith(string more) => $"{Command} -R {Chain} {Number} {Text[$"-A {Chain} ".Length..]} {more}";

    /// <summary>The program and its table, as typed.</summary>
    public string Command => Table == "filter" ? Program : $"{Program} -t {Table}";

    private int PlaceOf(string option) => Words.Count > BeforeConditions ? Words.IndexOf(option, BeforeConditions) : -1;

    private static List<string> WordsOf(string text)
    {
        Words words = new();
        RestoreWords.Split(Encoding.UTF8.GetBytes(text), words);
        List<string> all = [];
        for (int i = 0; i < words.Count; i++)
        {
            all.Add(Encoding.UTF8.GetString(words.Span(i)));
        }

        return all;
    }
}
