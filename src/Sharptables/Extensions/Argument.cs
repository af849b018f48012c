using System;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>An option as it was given: what it was given to, its words, and the rule it stands in.</summary>
/// <param name="extension">The extension.</param>
/// <param name="option">The option.</param>
/// <param name="text">The word behind it.</param>
/// <param name="hasText">Whether there is one, be it empty.</param>
/// <param name="second">The second word behind it, when it takes two.</param>
/// <param name="isInverted">Whether <c>!</c> stands before it.</param>
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
    /// <summary>The word behind the option.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>Whether there is a word behind the option, be it empty.</summary>
    public bool HasText => hasText;

    /// <summary>The second word behind the option.</summary>
    public ReadOnlySpan<byte> Second { get; } = second;

    /// <summary>Whether <c>!</c> stands before the option.</summary>
    public bool IsInverted => isInverted;

    /// <summary>The extension.</summary>
    public Extension Extension => extension;

    /// <summary>The option.</summary>
    public Option Option => option;

    /// <summary>The rule as far as it has been read: words further on are not known yet.</summary>
    public RuleInProgress Rule => rule;

    /// <summary>The family of the rule.</summary>
    public Family Family => rule.Family;

    /// <summary>What names mean.</summary>
    public INames Names => rule.Names;

    /// <summary>The text of <see cref="Text"/>, for a message.</summary>
    public string Word => MessageText.Of(Text);

    /// <summary>The same option with another word, such as one part of a list.</summary>
    public Argument With(ReadOnlySpan<byte> part) => new(extension, option, part, hasText: true, Second, isInverted, rule);

    /// <summary>An error whose message begins with the extension's name: <c>mark: ...</c>.</summary>
    public UsageException Refuse(string message) => new($"{extension.Name}: {message}");

    /// <summary>
    /// A range that ends before it begins is refused, unless it stands in a file: iptables takes and saves such, and a whole firewall
    /// must not stay away for it.
    /// </summary>
    public void Reverse<TNumber>(TNumber first, TNumber last)
    {
        if (Rule.Line == 0)
        {
            throw Refuse($"bad range for option \"--{option.FullName}\": {first} is greater than {last}.");
        }

        Rule.Warn($"Warning: line {Rule.Line}: nothing is in the range {first}:{last} of {extension.Name}'s --{option.Name}: {first} is greater than {last}.");
    }

    /// <summary>Likewise of a condition that an older iptables took and saved.</summary>
    public void RefuseUnlessInFile(string message)
    {
        if (Rule.Line == 0)
        {
            throw Refuse(message);
        }

        Rule.Warn($"Warning: line {Rule.Line}: {extension.Name}: {message}");
    }

    /// <summary>
    /// The error for a value with a line end. Nothing that a file of rules cannot hold comes into the kernel: from there it would be saved as
    /// lines of rules.
    /// </summary>
    public static UsageException WithLineEnd(string what) => new($"{what} has a line end in it")
    {
        Hint = "iptables-save writes a rule as one line, so what follows the line end would be taken for another rule.",
    };

    /// <summary>The error for a value that is none: <c>mark: Bad value for "--mark" option: "x"</c>.</summary>
    /// <param name="hint">What may be the reason.</param>
    public UsageException BadValue(string? hint = null) =>
        new($"{extension.Name}: Bad value for \"--{option.FullName}\" option: \"{Word}\"") { Hint = hint };
}
