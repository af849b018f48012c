using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>An option with a value: where it is in a kernel struct, and how it is written.</summary>
/// <typeparam name="TInfo">The struct.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public sealed class Option<TInfo, TValue> : Option<TInfo>
    where TInfo : unmanaged
    where TValue : unmanaged
{
    private readonly Syntax<TValue> _syntax;
    private readonly FieldRef<TInfo, TValue>? _field;
    private readonly Getter<TInfo, TValue>? _get;
    private readonly Setter<TInfo, TValue>? _set;

    /// <summary>An option whose value is a field.</summary>
    public Option(string name, Syntax<TValue> syntax, FieldRef<TInfo, TValue> field, string summary)
        : base(name, summary) => (_syntax, _field) = (syntax, field);

    /// <summary>An option whose value is in several fields, which do not stand side by side.</summary>
    public Option(string name, Syntax<TValue> syntax, Getter<TInfo, TValue> get, Setter<TInfo, TValue> set, string summary)
        : base(name, summary) => (_syntax, _get, _set) = (syntax, get, set);

    /// <summary>What the struct has when the option is not given; it is not saved then. Null where something else tells.</summary>
    public TValue? Absent { get; init; }

    /// <summary>When its value is written, for an option whose value may be left out; null where it may not.</summary>
    public Condition<TInfo>? Valued { get; init; }

    /// <summary>How a listing has it, where that is not its label and then its value.</summary>
    public Listing<TValue>? Listing { get; init; }

    /// <inheritdoc/>
    public override string Placeholder => MayLackWord ? $"[{_syntax.Placeholder}]" : _syntax.Placeholder;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices => _syntax.Choices;

    /// <inheritdoc/>
    public override ValueList? Values => _syntax.Values;

    /// <inheritdoc/>
    public override int Words => _syntax.Words;

    /// <inheritdoc/>
    public override bool HoldsLineEnds => _syntax.HoldsLineEnds;

    /// <inheritdoc/>
    public override bool MayLackWord => Valued is not null;

    /// <inheritdoc/>
    public override bool IsReference => _syntax is ReferenceSyntax<TValue>;

    /// <summary>The value that a struct has.</summary>
    public TValue Get(in TInfo info) => _get is null ? Field(info) : _get(info);

    /// <inheritdoc/>
    public override void Clear(Span<byte> payload)
    {
        if (Absent is { } absent)
        {
            _field!(ref Extension<TInfo>.As(payload)) = absent;
        }
    }

    /// <inheritdoc/>
    public override bool IsWritten(ReadOnlySpan<byte> payload) =>
        base.IsWritten(payload) && (Absent is not { } absent || !HasValue(payload, absent) || IsInverted(payload));

    /// <inheritdoc/>
    public override byte[] ReferredName(ReadOnlySpan<byte> payload, INames names) =>
        _syntax is ReferenceSyntax<TValue> reference ? reference.NameOf(Field(Extension<TInfo>.As(payload)), names) : [];

    /// <inheritdoc/>
    public override string? Renew(Span<byte> payload, ReadOnlySpan<byte> name, Family family, INames names) =>
        _syntax is ReferenceSyntax<TValue> reference ? reference.Renew(ref _field!(ref Extension<TInfo>.As(payload)), name, family, names) : null;

    /// <inheritdoc/>
    public override void Save(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        base.Save(payload, output, format);
        if (Valued is null || Valued(Extension<TInfo>.As(payload)))
        {
            output.Write((byte)' ');
            WriteValue(payload, output, format);
        }
    }

    /// <inheritdoc/>
    public override void List(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        if (Listing is not null)
        {
            Listing(Label ?? Name, Get(Extension<TInfo>.As(payload)), IsInverted(payload), output, format);
            return;
        }

        base.List(payload, output, format);
        WriteValue(payload, output, format);
    }

    /// <inheritdoc/>
    protected override void ParseValue(in Argument argument, ref TInfo info)
    {
        if (!argument.HasText)
        {
            return;
        }

        if (_field is not null)
        {
            _syntax.Parse(argument, ref _field(ref info));
            return;
        }

        TValue value = _get!(info);
        _syntax.Parse(argument, ref value);
        _set!(ref info, value);
    }

    private void WriteValue(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        ref readonly TInfo info = ref Extension<TInfo>.As(payload);
        if (_field is not null)
        {
            _syntax.Write(Field(info), output, format);
        }
        else
        {
            _syntax.Write(_get!(info), output, format);
        }
    }

    private bool HasValue(ReadOnlySpan<byte> payload, in TValue value) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in Field(Extension<TInfo>.As(payload))))
            .SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value)));

    private ref readonly TValue Field(in TInfo info) => ref _field!(ref Unsafe.AsRef(in info));
}
