using System;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>An option whose value is spread over several fields of a kernel struct that are not adjacent.</summary>
/// <typeparam name="TInfo">The struct.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
/// <param name="name">The name.</param>
/// <param name="syntax">How the value is written.</param>
/// <param name="get">Reads the value from a struct.</param>
/// <param name="set">Stores the value in a struct.</param>
/// <param name="summary">What it does.</param>
internal sealed class PairOption<TInfo, TValue>(
    string name, Syntax<TValue> syntax, Getter<TInfo, TValue> get, Setter<TInfo, TValue> set, string summary) : Option<TInfo>(name, summary, syntax)
    where TInfo : unmanaged
    where TValue : unmanaged
{
    /// <inheritdoc/>
    public override Condition ConditionIn(ReadOnlySpan<byte> payload, Family family) =>
        Condition.On(Of!.In(family), get(Extension<TInfo>.As(payload)), Relation, IsInverted(payload));

    /// <inheritdoc/>
    protected override void ParseValue(in Argument argument, ref TInfo info)
    {
        TValue value = get(info);
        syntax.Parse(argument, ref value);
        set(ref info, value);
    }

    /// <inheritdoc/>
    protected override bool TakeValue(Field of, Packets.Values values, ref TInfo info)
    {
        TValue value = default;
        bool can = Condition.TryTake(of, values, Relation, ref value) && syntax.CanWrite(value);
        if (can)
        {
            set(ref info, value);
        }

        return can;
    }

    /// <inheritdoc/>
    protected override void WriteValue(ReadOnlySpan<byte> payload, Output output, in Format format) =>
        syntax.Write(get(Extension<TInfo>.As(payload)), output, format);
}
