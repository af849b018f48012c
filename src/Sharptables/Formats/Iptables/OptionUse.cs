using Sharptables.Extensions;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>An option as it was given: what was typed, not yet what it means.</summary>
internal readonly record struct OptionUse
{
    /// <summary>The option, if it is the command line's own.</summary>
    public BaseOption? Own { get; init; }

    /// <summary>The option, if it is an extension's.</summary>
    public Option? Option { get; init; }

    /// <summary>The part of the rule that has the option: 0 for its head, then its matches and target.</summary>
    public int Extension { get; init; }

    /// <summary>Its index among the options of that part.</summary>
    public int Place { get; init; }

    /// <summary>The match or target that it adds to the rule, if any.</summary>
    public Extension? Named { get; init; }

    /// <summary>The word after it.</summary>
    public Word Value { get; init; }

    /// <summary>The second word after it.</summary>
    public Word Second { get; init; }

    /// <summary>The number of the word behind all of them.</summary>
    public int Next { get; init; }

    /// <summary>Whether it is inverted.</summary>
    public bool IsInverted { get; init; }

    /// <summary>Whether the <c>!</c> follows it.</summary>
    public bool IsNegatedBehind { get; init; }

    /// <summary>Whether one of its words contains a line end.</summary>
    public bool HasLineEnd { get; init; }

    /// <summary>Whether it has the same effect in every line of its form, so that it need not be applied again.</summary>
    public bool IsSettled { get; init; }

    /// <summary>Whether most other words as its value would leave all options as they are.</summary>
    public bool MayDiffer =>
        Value is { IsNone: false, Offset: 0 } && Named is null && !IsNegatedBehind
        && (Option is { } option ? !option.MayLackWord && !option.DecidesOptions : Own is { MayLackWord: false, DecidesOptions: false, Joint: '\0' });
}
