using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>An option with a value: a field of a kernel struct, and how it is written.</summary>
/// <param name="name">Its name.</param>
/// <param name="syntax">How the value is written.</param>
/// <param name="field">Where the value is.</param>
/// <param name="summary">What it does.</param>
public sealed class Option<TInfo, TValue>(string name, Syntax<TValue> syntax, FieldRef<TInfo, TValue> field, string summary) :
    Option(name, summary)
    where TInfo : unmanaged
    where TValue : unmanaged
{
    /// <summary>When it has a meaning: it is saved then, and only then.</summary>
    public Condition<TInfo>? When { get; init; }

    /// <summary>The bit that says that it was given.</summary>
    public Bit<TInfo>? Present { get; init; }

    /// <summary>The bit that says that <c>!</c> stood before it; null when it cannot be inverted.</summary>
    public Bit<TInfo>? Invert { get; init; }

    /// <summary>When its value is written, for an option whose value may be left out; null where it may not.</summary>
    public Condition<TInfo>? Valued { get; init; }

    /// <summary>What a listing has before the value; null for a blank, the name and a blank.</summary>
    public string? Label { get; init; }

    /// <summary>The same when inverted; null for <c>" !"</c> and the label.</summary>
    public string? InvertedLabel { get; init; }

    /// <inheritdoc/>
    public override string Placeholder => MayLackWord ? $"[{syntax.Placeholder}]" : syntax.Placeholder;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices => syntax.Choices;

    /// <inheritdoc/>
    public override ValueList? Values => syntax.Values;

    /// <inheritdoc/>
    public override int Words => syntax.Words;

    /// <inheritdoc/>
    public override bool HoldsLineEnds => syntax.HoldsLineEnds;

    /// <inheritdoc/>
    public override bool MayLackWord => Valued is not null;

    /// <inheritdoc/>
    public override bool IsReference => syntax is ReferenceSyntax<TValue>;

    /// <inheritdoc/>
    public override bool CanInvert => Invert is not null;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, Span<byte> payload)
    {
        ref TInfo info = ref Extension<TInfo>.As(payload);
        if (argument.HasText)
        {
            syntax.Parse(argument, ref field(ref info));
        }

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
    public override byte[] ReferredName(ReadOnlySpan<byte> payload, INames names) =>
        syntax is ReferenceSyntax<TValue> reference ? reference.NameOf(in field(ref Unsafe.AsRef(in Extension<TInfo>.As(payload))), names) : [];

    /// <inheritdoc/>
    public override string? Renew(Span<byte> payload, ReadOnlySpan<byte> name, Family family, INames names) =>
        syntax is ReferenceSyntax<TValue> reference ? reference.Renew(ref field(ref Extension<TInfo>.As(payload)), name, family, names) : null;

    /// <inheritdoc/>
    public override void Save(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        output.Write(IsInverted(payload) ? " ! --"u8 : " --"u8);
        output.Write(Name);
        if (Valued is null || Valued(in Extension<TInfo>.As(payload)))
        {
            output.Write((byte)' ');
            WriteValue(payload, output, format);
        }
    }

    /// <inheritdoc/>
    public override void List(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        string? label = Label;
        if (IsInverted(payload))
        {
            if (InvertedLabel is null)
            {
                output.Write(" !"u8);
            }
            else
            {
                label = InvertedLabel;
            }
        }

        if (label is null)
        {
            output.Write((byte)' ');
            output.Write(Name);
            output.Write((byte)' ');
        }
        else
        {
            output.Write(label);
        }

        WriteValue(payload, output, format);
    }

    private bool IsInverted(ReadOnlySpan<byte> payload) => Invert is not null && Invert.IsSet(in Extension<TInfo>.As(payload));

    private void WriteValue(ReadOnlySpan<byte> payload, Output output, in Format format) =>
        syntax.Write(in field(ref Unsafe.AsRef(in Extension<TInfo>.As(payload))), output, format);
}
