using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Hints;

/// <summary>What is seen when an error has happened.</summary>
/// <param name="book">What is known of the program and the tables.</param>
/// <param name="words">The words of the command, without the program.</param>
/// <param name="read">How far they were read.</param>
/// <param name="error">The error.</param>
internal sealed class Sight(HintBook book, string[] words, Rehearsal read, UsageException error)
{
    public string Message { get; } = error.Message.Trim();

    /// <summary>What the code that found the mistake says of it, or null.</summary>
    public string? Reason => error.Hint;

    public ErrorShape Shape => error.Shape;

    /// <summary>Whether reading the words fails, not what they would do.</summary>
    public bool IsUnread => read.Error is not null;

    public Family Family => book.Family;

    /// <summary>The other family of IP; null for ARP and bridges.</summary>
    public Family? Other => Family.Twin;

    public INames Names => book.Names;

    /// <summary>Whether it is a line of a file, and no command.</summary>
    public bool IsLine => book.Program is not null;

    public string[] Words => words;

    public Rehearsal Read => read;

    public Command Command => read.Command;

    public ReadOnlySpan<OptionUse> Uses => read.Uses.Options;

    /// <summary>The number of the word at fault; below zero if none is.</summary>
    public int At => read.At;

    /// <summary>The word at fault; empty if none is.</summary>
    public string Word => Has(At) ? words[At] : "";

    /// <summary>The word before it.</summary>
    public string Before => Has(At - 1) ? words[At - 1] : "";

    /// <summary>The option whose value is wrong, or null.</summary>
    public CommandOption? Option => read.Use < 0 ? null : (CommandOption?)Uses[read.Use].Option ?? Uses[read.Use].Own;

    /// <summary>What has the option whose value is wrong.</summary>
    public Extension Owner => Command.Rule[Uses[read.Use].Extension].Extension;

    /// <summary>The value that is wrong; empty for none.</summary>
    public string Value => read.Use < 0 || Uses[read.Use].Value is { IsNone: true } ? "" : TextOf(Uses[read.Use].Value);

    /// <summary>The number of the word that names the option whose value is wrong.</summary>
    public int OptionAt => Uses[read.Use].Value is { Offset: > 0 } joined ? joined.Index : At - (Has(At - 1) && words[At - 1] == "!" ? 2 : 1);

    /// <summary>The number of the word at fault, or of the <c>!</c> in front of it.</summary>
    public int Start => Has(At - 1) && words[At - 1] == "!" ? At - 1 : At;

    /// <summary>The table that is worked on.</summary>
    public string Table => book.Table ?? Text(Command.Table.Span);

    /// <summary>Whether the error's message begins so.</summary>
    public bool Says(string beginning) => Message.StartsWith(beginning, StringComparison.Ordinal);

    /// <summary>The chain that the command names; empty for none.</summary>
    public string Chain => Text(Command.Chain.Span);

    public string Target => Text(Command.Target.Span);

    /// <summary>The names of the chains of the table.</summary>
    public IReadOnlyList<string> Chains => book.ChainsOf(Table);

    /// <summary>The rules of the table that jump to a chain: their chains, and their numbers in these.</summary>
    public IReadOnlyList<(string Chain, int Number)> JumpsTo(string chain) => book.JumpsTo(Table, chain);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    public string TextOf(Word word) => words[word.Index][word.Offset..];

    public bool Has(int index) => index >= 0 && index < words.Length;

    /// <summary>The words with some of them replaced.</summary>
    public string[] With(int at, int count, params string[] by) => [.. words[..at], .. by, .. words[(at + count)..]];

    /// <summary>The words with two of them, an option and its value, in front of others.</summary>
    public string[] Moved(int option, int to) => [.. words[..to], .. words[option..(option + 2)], .. words[to..option], .. words[(option + 2)..]];

    /// <summary>The words with another value for the option whose value is wrong.</summary>
    public string[] WithValue(string value)
    {
        string typed = words[At];
        return With(At, 1, typed[..(typed.Length - Value.Length)] + value);
    }

    /// <summary>The words without the option whose value is wrong, and others in its place.</summary>
    public string[] InsteadOfOption(params string[] by)
    {
        int first = OptionAt;
        return With(first, At - first + 1, by);
    }

    /// <summary>The number of the word that an option of the command line's own stands at; below zero if it was not typed.</summary>
    public int Find(char letter)
    {
        foreach (ref readonly OptionUse use in Uses)
        {
            CommandOption? option = (CommandOption?)use.Own ?? (use.Extension == 0 ? use.Option : null);
            if (option?.Letter == letter && !use.Value.IsNone)
            {
                return use.Value.Offset > 0 ? use.Value.Index : use.Value.Index - 1;
            }
        }

        return -1;
    }

    /// <summary>
    /// Rules in place of one. Only appended ones keep their order, and what is inverted would, in several rules, match everything: else the person decides.
    /// </summary>
    public Hint ForEach(string reason, params string[][] rules) =>
        Array.IndexOf(words, "!") >= 0 ? new Hint($"{reason.Split(':')[0]}, and what is inverted cannot be split into several rules.")
        : Find('A') >= 0 ? new Hint(reason, rules[0]) { AndThen = rules[1..] } : new Hint(reason);

    /// <summary>The words with another table.</summary>
    public string[] InTable(string table)
    {
        int at = Find('t');
        return at < 0 ? With(0, 0, "-t", table) : With(at, words[at] is "-t" or "--table" ? 2 : 1, "-t", table);
    }

    /// <summary>Whether words can be read as a command, or fail only behind one of them.</summary>
    /// <param name="changed">The words.</param>
    /// <param name="beyond">The number of the word.</param>
    public bool CanRead(string[] changed, int beyond = int.MaxValue)
    {
        Rehearsal trial = book.Rehearse(changed);
        return trial.Error is null || (trial.At > beyond && trial.Use < 0);
    }
}
