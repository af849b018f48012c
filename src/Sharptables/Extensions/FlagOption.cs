using System;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>An option without a value: it sets a bit of a kernel struct, or several fields at once.</summary>
/// <param name="name">Its name.</param>
/// <param name="summary">What it does.</param>
public sealed class FlagOption<TInfo>(string name, string summary) : Option(name, summary)
    where TInfo : unmanaged
{
    /// <summary>What it sets.</summary>
    public required Change<TInfo> Change { get; init; }

    /// <summary>When it is saved; null when another option saves what it sets.</summary>
    public Condition<TInfo>? When { get; init; }

    /// <summary>The bit that says that <c>!</c> stood before it; null when it cannot be inverted.</summary>
    public Bit<TInfo>? Invert { get; init; }

    /// <summary>What a listing has for it, with the blank in front; null for a blank and the name.</summary>
    public string? Label { get; init; }

    /// <summary>The same when inverted; null for <c>" !"</c> and the label.</summary>
    public string? InvertedLabel { get; init; }

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
        Change(ref info);
        if (argument.IsInverted)
        {
            Invert!.Set(ref info);
        }
    }

    /// <inheritdoc/>
    public override bool IsWritten(ReadOnlySpan<byte> payload) => When is not null && When(in Extension<TInfo>.As(payload));

    /// <inheritdoc/>
    public override void Save(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        output.Write(Invert is not null && Invert.IsSet(in Extension<TInfo>.As(payload)) ? " ! --"u8 : " --"u8);
        output.Write(Name);
    }

    /// <inheritdoc/>
    public override void List(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        if (Invert is not null && Invert.IsSet(in Extension<TInfo>.As(payload)))
        {
            if (InvertedLabel is not null)
            {
                output.Write(InvertedLabel);
                return;
            }

            output.Write(" !"u8);
        }

        if (Label is null)
        {
            output.Write((byte)' ');
        }

        output.Write(Label ?? Name);
    }
}
