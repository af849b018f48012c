using System;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions;

/// <summary>An option of an extension with a kernel struct. This class itself is for options without a value, which set a switch.</summary>
/// <typeparam name="TInfo">The struct.</typeparam>
/// <param name="name">The name.</param>
/// <param name="summary">What it does.</param>
/// <param name="value">The form of its value; null for none.</param>
internal class Option<TInfo>(string name, string summary, ValueForm? value = null) : Option(name, summary, value)
    where TInfo : unmanaged
{
    /// <summary>What is done before its value is read: often a check of what was given before.</summary>
    public Change<TInfo>? Before { get; init; }

    /// <summary>Set when the option is read; it is saved only if this is set.</summary>
    public Switch<TInfo>? Present { get; init; }

    /// <summary>Decides whether it is saved.</summary>
    public Question<TInfo>? When { get; init; }

    /// <summary>Decides whether it is a condition, if it is one without being given, too; null: when it is saved.</summary>
    public Question<TInfo>? Asks { get; init; }

    /// <summary>Set when <c>!</c> precedes it; null: it cannot be inverted.</summary>
    public Switch<TInfo>? Invert
    {
        get;
        init => (field, CanInvert) = (value, value is not null);
    }

    /// <summary>Decides whether the value is written, for an option whose value may be omitted; null for others.</summary>
    public Question<TInfo>? Valued { get; init; }

    /// <summary>Decides whether a listing shows it; null: whenever it is saved.</summary>
    public Question<TInfo>? Listed
    {
        get;
        init => (field, ListsOtherwise) = (value, value is not null);
    }

    /// <summary>The values of the field that it is a condition on, for an option without a value.</summary>
    public Values Has { get; init; }

    /// <inheritdoc/>
    public override bool IsAsked(ReadOnlySpan<byte> payload) => Asks is null ? IsWritten(payload) : Asks(Extension<TInfo>.As(payload));

    /// <inheritdoc/>
    public override bool MayLackWord => Valued is not null;

    /// <inheritdoc/>
    public override Condition ConditionIn(ReadOnlySpan<byte> payload, Family family) => new(Of!.In(family), Has, IsInverted(payload));

    /// <inheritdoc/>
    public override void Parse(in Argument argument, Span<byte> payload)
    {
        ref TInfo info = ref Extension<TInfo>.As(payload);
        Before?.Invoke(ref info);
        if (argument.HasText)
        {
            ParseValue(argument, ref info);
        }

        Present?.Set(ref info);
        if (argument.IsInverted)
        {
            Invert!.Set(ref info);
        }
    }

    /// <inheritdoc/>
    protected override bool IsListedOtherwise(ReadOnlySpan<byte> payload) => Listed!(Extension<TInfo>.As(payload));

    /// <inheritdoc/>
    protected override bool IsSaid(ReadOnlySpan<byte> payload)
    {
        ref readonly TInfo info = ref Extension<TInfo>.As(payload);
        return (Present is null || Present.IsSet(info)) && (When is null || When(info));
    }

    /// <inheritdoc/>
    protected override bool IsInvertSet(ReadOnlySpan<byte> payload) => Invert!.IsSet(Extension<TInfo>.As(payload));

    /// <inheritdoc/>
    protected override bool IsValued(ReadOnlySpan<byte> payload) => Valued is null || Valued(Extension<TInfo>.As(payload));

    /// <inheritdoc/>
    protected override bool Take(Field field, Packets.Values values, bool isInverted, Span<byte> payload)
    {
        ref TInfo info = ref Extension<TInfo>.As(payload);
        Before?.Invoke(ref info);
        if (!TakeValue(field, values, ref info))
        {
            return false;
        }

        Present?.Set(ref info);
        if (isInverted)
        {
            Invert!.Set(ref info);
        }

        return true;
    }

    /// <summary>Sets its value, if it has one; false if no value selects these.</summary>
    protected virtual bool TakeValue(Field field, Packets.Values values, ref TInfo info) => Words == 0;

    protected virtual void ParseValue(in Argument argument, ref TInfo info)
    {
    }
}
