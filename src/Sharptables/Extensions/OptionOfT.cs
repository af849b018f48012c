using System;

namespace Sharptables.Extensions;

/// <summary>An option of an extension with a kernel struct. By itself it has no value: it sets a bit, or several fields at once.</summary>
/// <typeparam name="TInfo">The struct.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="summary">What it does.</param>
/// <param name="value">The form of its value; null when it has none.</param>
internal class Option<TInfo>(string name, string summary, ValueForm? value = null) : Option(name, summary, value)
    where TInfo : unmanaged
{
    /// <summary>What is looked at before its value is read, for what cannot follow what the struct says already.</summary>
    public Change<TInfo>? Before { get; init; }

    /// <summary>What says that it was given: set when it is read, and it is saved only when that is set.</summary>
    public Switch<TInfo>? Present { get; init; }

    /// <summary>When it has a meaning: it is saved then, and only then.</summary>
    public Question<TInfo>? When { get; init; }

    /// <summary>What says that <c>!</c> stood before it; null when it cannot be inverted.</summary>
    public Switch<TInfo>? Invert
    {
        get;
        init => (field, CanInvert) = (value, value is not null);
    }

    /// <summary>When its value is written, for an option whose value may be left out; null where it may not.</summary>
    public Question<TInfo>? Valued { get; init; }

    /// <summary>When a listing has it; null for whenever it is saved.</summary>
    public Question<TInfo>? Listed
    {
        get;
        init => (field, ListsOtherwise) = (value, value is not null);
    }

    /// <inheritdoc/>
    public override bool MayLackWord => Valued is not null;

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

    /// <summary>Reads its value, if it has one.</summary>
    protected virtual void ParseValue(in Argument argument, ref TInfo info)
    {
    }
}
