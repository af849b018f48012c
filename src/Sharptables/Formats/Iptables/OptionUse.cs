using Sharptables.Extensions;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>An option as it was given: what was said, not yet what it means.</summary>
internal readonly record struct OptionUse
{
    /// <summary>The option, when it is the command line's own.</summary>
    public BaseOption? Own { get; init; }

    /// <summary>The option, when it is an extension's.</summary>
    public Option? Option { get; init; }

    /// <summary>Which part of the rule has that option: 0 for its head, then its matches and target.</summary>
    public int Extension { get; init; }

    /// <summary>Where it stands among the options of that.</summary>
    public int Place { get; init; }

    /// <summary>The match or target that it adds to the rule, if any.</summary>
    public Extension? Named { get; init; }

    /// <summary>The word behind it.</summary>
    public Word Value { get; init; }

    /// <summary>The second word behind it.</summary>
    public Word Second { get; init; }

    /// <summary>Whether it is inverted.</summary>
    public bool IsInverted { get; init; }

    /// <summary>Whether the <c>!</c> stands behind it.</summary>
    public bool IsNegatedBehind { get; init; }

    /// <summary>Whether a word of it has a line end.</summary>
    public bool HasLineEnd { get; init; }

    /// <summary>Whether it does in every line of its form what it did in the first, so that it is not taken again.</summary>
    public bool IsSettled { get; init; }

    /// <summary>Whether most other words in the place of its value would leave all options what they are.</summary>
    public bool MayDiffer =>
        Value is { IsNone: false, Offset: 0 } && Named is null && !IsNegatedBehind
        && (Option is { } option ? !option.MayLackWord && !option.DecidesOptions : Own is { MayLackWord: false, DecidesOptions: false, Joint: '\0' });
}
