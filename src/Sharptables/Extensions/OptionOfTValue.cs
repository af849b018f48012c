using System;
using System.Runtime.CompilerServices;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>An option whose value is a field of a kernel struct.</summary>
/// <typeparam name="TInfo">The struct.</typeparam>
/// <typeparam name="TValue">The type of the field.</typeparam>
/// <param name="name">The name.</param>
/// <param name="syntax">How the value is written.</param>
/// <param name="field">The field that holds the value.</param>
/// <param name="summary">What it does.</param>
internal sealed class Option<TInfo, TValue>(string name, Syntax<TValue> syntax, FieldRef<TInfo, TValue> field, string summary) :
    Option<TInfo>(name, summary, syntax)
    where TInfo : unmanaged
    where TValue : unmanaged
{
    /// <summary>Writes it in a listing, where that is not label and value.</summary>
    public Listing<TValue>? Listing { get; init; }

    /// <inheritdoc/>
    public override Condition ConditionIn(ReadOnlySpan<byte> payload, Family family) =>
        Condition.On(Of!.In(family), Field(payload), Relation, IsInverted(payload));

    /// <inheritdoc/>
    public override byte[] ReferredName(ReadOnlySpan<byte> payload, INames names) =>
        syntax is ReferenceSyntax<TValue> reference ? reference.NameOf(Field(payload), names) : [];

    /// <inheritdoc/>
    public override string? Renew(Span<byte> payload, ReadOnlySpan<byte> name, Family family, INames names) =>
        syntax is ReferenceSyntax<TValue> reference ? reference.Renew(ref field(ref Extension<TInfo>.As(payload)), name, family, names) : null;

    /// <inheritdoc/>
    public override void List(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        if (Listing is null)
        {
            base.List(payload, output, format);
        }
        else
        {
            Listing(Label ?? Name, Field(payload), IsInverted(payload), output, format);
        }
    }

    /// <inheritdoc/>
    protected override int FindValue() => Extension<TInfo>.OffsetOf(field);

    /// <inheritdoc/>
    protected override void ParseValue(in Argument argument, ref TInfo info) => syntax.Parse(argument, ref field(ref info));

    /// <inheritdoc/>
    protected override bool TakeValue(Field of, Packets.Values values, ref TInfo info)
    {
        TValue value = field(ref info);
        bool can = Condition.TryTake(of, values, Relation, ref value) && syntax.CanWrite(value);
        field(ref info) = can ? value : field(ref info);
        return can;
    }

    /// <inheritdoc/>
    protected override void WriteValue(ReadOnlySpan<byte> payload, Output output, in Format format) =>
        syntax.Write(Field(payload), output, format);

    private ref readonly TValue Field(ReadOnlySpan<byte> payload) => ref field(ref Unsafe.AsRef(in Extension<TInfo>.As(payload)));
}
