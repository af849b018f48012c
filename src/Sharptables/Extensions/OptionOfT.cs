using System;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>An option of an extension with a kernel struct. By itself it has no value: it sets a bit, or several fields at once.</summary>
/// <typeparam name="TInfo">The struct.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="summary">What it does.</param>
public class Option<TInfo>(string name, string summary) : Option(name, summary)
    where TInfo : unmanaged
{
    /// <summary>What says that it was given: set when it is read, and it is saved only when that is set.</summary>
    public Switch<TInfo>? Present { get; init; }

    /// <summary>When it has a meaning: it is saved then, and only then.</summary>
    public Condition<TInfo>? When { get; init; }

    /// <summary>What is looked at before its value is read, for what cannot follow what the struct says already.</summary>
    public Change<TInfo>? Before { get; init; }

    /// <summary>What says that <c>!</c> stood before it; null when it cannot be inverted.</summary>
    public Switch<TInfo>? Invert { get; init; }

    /// <summary>What a listing has for it, before its value if it has one; null for a blank and the name, and a blank before a value.</summary>
    public string? Label { get; init; }

    /// <summary>The same when inverted; null for <c>" !"</c> and the label.</summary>
    public string? InvertedLabel { get; init; }

    /// <summary>When a listing has it; null for whenever it is saved.</summary>
    public Condition<TInfo>? Listed { get; init; }

    /// <inheritdoc/>
    public override string Placeholder => "";

    /// <inheritdoc/>
    public override int Words => 0;

    /// <inheritdoc/>
    public override bool CanInvert => Invert is not null;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, Span<byte> payload)
    {
        ref TInfo info = ref Extension<TInfo>.As(payload);
        Before?.Invoke(ref info);
        ParseValue(argument, ref info);
        Present?.Set(ref info);
        if (argument.IsInverted)
        {
            Invert!.Set(ref info);
        }
    }

    /// <inheritdoc/>
    public override bool IsWritten(ReadOnlySpan<byte> payload)
    {
        ref readonly TInfo info = ref Extension<TInfo>.As(payload);
        return (Present is null || Present.IsSet(info)) && (When is null || When(info));
    }

    /// <inheritdoc/>
    public override bool IsListed(ReadOnlySpan<byte> payload) => Listed is null ? IsWritten(payload) : Listed(Extension<TInfo>.As(payload));

    /// <inheritdoc/>
    public override void Save(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        output.Write(IsInverted(payload) ? " ! --"u8 : " --"u8);
        output.Write(Name);
    }

    /// <inheritdoc/>
    public override void List(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        bool isInverted = IsInverted(payload);
        if (isInverted && InvertedLabel is not null)
        {
            output.Write(InvertedLabel);
            return;
        }

        output.Write(isInverted ? " !"u8 : ""u8);
        if (Label is not null)
        {
            output.Write(Label);
            return;
        }

        output.Write((byte)' ');
        output.Write(Name);
        output.Write(Words > 0 ? " "u8 : ""u8);
    }

    /// <summary>Whether <c>!</c> stands before it.</summary>
    protected bool IsInverted(ReadOnlySpan<byte> payload) => Invert is not null && Invert.IsSet(Extension<TInfo>.As(payload));

    /// <summary>Reads its value, if it has one.</summary>
    protected virtual void ParseValue(in Argument argument, ref TInfo info)
    {
    }
}
