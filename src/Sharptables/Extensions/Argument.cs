using System;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>An option as it was given: its words, its extension, and the rule that it is part of.</summary>
/// <param name="extension">The extension.</param>
/// <param name="option">The option.</param>
/// <param name="text">The word after it.</param>
/// <param name="hasText">Whether there is such a word, even an empty one.</param>
/// <param name="second">The second word, if it takes two.</param>
/// <param name="isInverted">Whether <c>!</c> precedes it.</param>
/// <param name="rule">The rule as far as it has been read.</param>
internal readonly ref struct Argument(
    Extension extension,
    Option option,
    ReadOnlySpan<byte> text,
    bool hasText,
    ReadOnlySpan<byte> second,
    bool isInverted,
    RuleInProgress rule)
{
    public ReadOnlySpan<byte> Text { get; } = text;

    public bool HasText => hasText;

    public ReadOnlySpan<byte> Second { get; } = second;

    public bool IsInverted => isInverted;

    public Extension Extension => extension;

    public Option Option => option;

    /// <summary>The rule as far as it has been read: later words are not known yet.</summary>
    public RuleInProgress Rule => rule;

    public Family Family => rule.Family;

    /// <summary>What names mean.</summary>
    public INames Names => rule.Names;

    /// <summary><see cref="Text"/> for a message.</summary>
    public string Word => MessageText.Of(Text);

    /// <summary>The same option with another word, such as one element of a list.</summary>
    public Argument With(ReadOnlySpan<byte> part) => new(extension, option, part, hasText: true, Second, isInverted, rule);

    /// <summary>An error whose message begins with the name of the extension: <c>mark: ...</c>.</summary>
    public UsageException Refuse(string message) => new($"{extension.Name}: {message}");

    /// <summary>
    /// Refuses a range that ends before it begins, unless it comes from a file: iptables takes and saves such ranges, and a whole ruleset
    /// must not fail because of one.
    /// </summary>
    public void Reverse<TNumber>(TNumber first, TNumber last)
    {
        if (Rule.Line == 0)
        {
            throw Refuse($"bad range for option \"--{option.FullName}\": {first} is greater than {last}.");
        }

        Rule.Warn($"Warning: line {Rule.Line}: nothing is in the range {first}:{last} of {extension.Name}'s --{option.Name}: {first} is greater than {last}.");
    }

    /// <summary>The same for other conditions that older iptables took and saved.</summary>
    public void RefuseUnlessInFile(string message)
    {
        if (Rule.Line == 0)
        {
            throw Refuse(message);
        }

        Rule.Warn($"Warning: line {Rule.Line}: {extension.Name}: {message}");
    }

    /// <summary>
    /// The error for a value that contains a line end. Such a value must not get into the kernel, since it would be saved as two lines.
    /// </summary>
    public static UsageException WithLineEnd(string what) => new($"{what} has a line end in it")
    {
        Hint = "iptables-save writes a rule as one line, so what follows the line end would be taken for another rule.",
    };

    /// <summary>The error for an invalid value: <c>mark: Bad value for "--mark" option: "x"</c>.</summary>
    /// <param name="hint">A possible reason.</param>
    public UsageException BadValue(string? hint = null) =>
        new($"{extension.Name}: Bad value for \"--{option.FullName}\" option: \"{Word}\"") { Hint = hint };
}
