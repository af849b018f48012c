using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>That a value in a register is among some values, or is not.</summary>
/// <param name="Load">The value.</param>
/// <param name="Length">How many bytes of it are compared.</param>
/// <param name="Values">The values, as numbers of so many bytes.</param>
/// <param name="IsInverted">Whether it must be none of them.</param>
internal sealed record Comparison(Load Load, int Length, Values Values, bool IsInverted)
{
    private const int MostBytes = 16; // of a number

    private static ReadOnlySpan<byte> NoInterface => "INVAL/D\0"u8; // what `! -i +` is written as: no interface has such a name

    /// <summary>A comparison with a value, or null when that means nothing.</summary>
    /// <param name="load">What is compared.</param>
    /// <param name="operation"><c>NFT_CMP_*</c>.</param>
    /// <param name="value">The value.</param>
    public static Comparison? With(Load load, uint operation, ReadOnlySpan<byte> value)
    {
        if (value.Length is 0 or > MostBytes)
        {
            return null;
        }

        if (load.IsInterface)
        {
            return operation > 1 || load.Mask is not null ? null : WithName(load, value, operation == 1);
        }

        UInt128 number = Number(value, load.IsNetworkOrder), greatest = UInt128.MaxValue >> (128 - (value.Length * 8));
        bool isNumber = load.IsNetworkOrder || value.Length == 1; // the kernel compares bytes, the first of which counts most
        if (load is { Mask: { } part, Term: { Place: null } term } && operation > 1)
        {
            Term under = term with { Text = $"{term.Text} & {Number(part, term.IsNetworkOrder)}" };
            return With(new Load(LoadSource.Word, 0, load.Length) { Term = under }, operation, value);
        }

        if (load.Mask is { } mask)
        {
            return operation > 1 || mask.Length != value.Length ? null
                : new(load, value.Length, Values.Masked(number, Number(mask, load.IsNetworkOrder)), operation == 1);
        }

        Values? values = operation switch
        {
            0 or 1 => Values.Only(number),
            2 when isNumber => Values.Beyond(Relation.Less, number),
            3 when isNumber => number == greatest ? Values.Between(0, greatest) : Values.Beyond(Relation.Less, number + 1),
            4 when isNumber => Values.Beyond(Relation.Greater, number),
            5 when isNumber => number == 0 ? Values.Between(0, greatest) : Values.Beyond(Relation.Greater, number - 1),
            _ => null,
        };
        return values is { } taken ? new(load, value.Length, taken, operation == 1) : null;
    }

    /// <summary>A comparison with some intervals, or null when that means nothing.</summary>
    /// <param name="load">What is compared.</param>
    /// <param name="intervals">The intervals.</param>
    /// <param name="isInverted">Whether it must be in none of them.</param>
    /// <param name="keepsSet">Whether even one interval is a set.</param>
    public static Comparison? Among(Load load, IReadOnlyList<NftSetElement> intervals, bool isInverted, bool keepsSet = false)
    {
        List<(UInt128, UInt128)> parts = [];
        foreach ((byte[] first, byte[] last, _) in intervals)
        {
            bool isNumber = load.IsNetworkOrder || first.Length == 1 || first.AsSpan().SequenceEqual(last);
            if (first.Length is 0 or > MostBytes || first.Length != intervals[0].First.Length || last.Length != first.Length
                || !isNumber || load.IsInterface)
            {
                return null;
            }

            parts.Add((Number(first, load.IsNetworkOrder), Number(last, load.IsNetworkOrder)));
        }

        return parts.Count == 0 ? null
            : new(load, intervals[0].First.Length, parts.Count == 1 && !keepsSet ? Values.Between(parts[0].Item1, parts[0].Item2) : Values.Among(parts), isInverted);
    }

    /// <summary>The condition on a field of the packet that it is, or null.</summary>
    public Condition? On(Field field)
    {
        if (field is EitherField either)
        {
            return OnEither(either);
        }

        if (!Load.IsOf(field, Length))
        {
            return OnWord(field);
        }

        if (field is BitField { } part && Values.Intervals.Count > 0)
        {
            return OnBits(part);
        }

        if (Load.Mask is not null && Values.Kind is ValuesKind.Interval or ValuesKind.Intervals)
        {
            return null; // these are of bits that it is not known which field they are
        }

        if (field is BitField bits)
        {
            return Values.TryMask(Length * 8, out UInt128 under, out UInt128 its) && Load.Mask is not null && its == bits.Mask && (under & ~its) == 0
                ? new(field, Values.Only(under >> bits.Shift), IsInverted)
                : null;
        }

        if (field is TcpOptionField)
        {
            // 1 if there is such an option, else 0.
            return Length == 1 && Values.Kind is ValuesKind.Interval && Values.First == Values.Second && Values.First <= 1
                ? new(field, Values.Only(Load.Key), IsInverted ^ (Values.First == 0))
                : null;
        }

        int missing = field.Bits - (Length * 8);
        if (missing > 0)
        {
            return Values.TryMask(Length * 8, out UInt128 value, out UInt128 mask) && (value & ~mask) == 0
                ? new(field, Values.Like(value << missing, mask << missing), IsInverted)
                : null;
        }

        if (field is ConnectionField { UnitsInKernel: > 1 and var units })
        {
            return Values.TryBound(field.Bits, out UInt128 first, out UInt128 last) && first % units == 0 && (last + 1) % units == 0
                ? new(field, Values.Between(first / units, last / units), IsInverted)
                : null;
        }

        // A packet's connection has one state.
        return field.Type is FieldType.State && Values == Values.Only(Values.First) && UInt128.IsPow2(Values.First) ? new(field, Values.AnyBit(Values.First), IsInverted)
            : new(field, Values, IsInverted);
    }

    /// <summary>That some bits have one of several values, all other bits being masked out.</summary>
    private Condition? OnBits(BitField field)
    {
        List<(UInt128, UInt128)> parts = [];
        foreach ((UInt128 first, UInt128 last) in Values.Intervals)
        {
            parts.Add((first >> field.Shift, last >> field.Shift));
            if ((first & ~field.Mask) != 0 || last > field.Mask + (((UInt128)1 << field.Shift) - 1))
            {
                return null;
            }
        }

        return Load.Mask is { } mask && Number(mask, isNetworkOrder: true) == field.Mask ? new(field, Values.Among(parts), IsInverted) : null;
    }

    /// <summary>That one of two fields has some values, and the other any: elements of pairs, of which either the first or the second may be any.</summary>
    private Condition? OnEither(EitherField field)
    {
        const int Word = 32, Rest = Word - 16; // of registers; ports are at the beginning of theirs
        if (Load.Next is not { } next || !(Load with { Next = null }).IsOf(field.First, field.Bits / 8) || !next.IsOf(field.Second, next.Length) || field.Bits != Word - Rest)
        {
            return null;
        }

        List<(UInt128, UInt128)> firsts = [], seconds = [];
        foreach ((UInt128 from, UInt128 to) in Values.Intervals)
        {
            (UInt128, UInt128) first = (from >> (Word + Rest) & field.Greatest, to >> (Word + Rest) & field.Greatest), second = (from >> Rest & field.Greatest, to >> Rest & field.Greatest);
            (second == (0, field.Greatest) ? firsts : first == (0, field.Greatest) ? seconds : []).Add(second == (0, field.Greatest) ? first : second);
            if (second != (0, field.Greatest) && first != (0, field.Greatest))
            {
                return null;
            }
        }

        Condition one = new(field, Values.Among(firsts), IsInverted);
        return firsts.Count > 0 && Meaning.IsSame(one, one with { Values = Values.Among(seconds) }) ? one : null;
    }

    /// <summary>The same as a question in the words of nft(8), or null.</summary>
    public Statement.Asked? Asked => Values.Intervals.Count > 0 && Load.Mask is not null ? null : Load is { Term.Named: { Change: null, Shift: 0 } named, Next: null } ? new(named.Text, Values, IsInverted) : null;

    /// <summary>The condition on a field that is known by its words.</summary>
    private Condition? OnWord(Field field)
    {
        if (field.Header is not null || Load is not { Term: { } term, Next: null } || (Load.Mask is not null && Values.Intervals.Count > 0))
        {
            return null;
        }

        Term named = (Load.Mask is { } mask ? term with { Change = (Number(mask, Load.IsNetworkOrder), 0) } : term).Named;
        if (named.Text != field.Name)
        {
            return null;
        }

        if (Load.Mask is null || named.Change is not null)
        {
            return new(field, Values, IsInverted);
        }

        // The mask has picked a field of a few bits.
        return Values.Kind is ValuesKind.Masked && (Values.First & ~Values.Second) == 0 ? new(field, Values.Only(Values.First >> named.Shift), IsInverted) : null;
    }

    /// <summary>What this and another say together, if the two are the bounds of an interval.</summary>
    public Comparison? With(Comparison upper)
    {
        return ReferenceEquals(Load, upper.Load) && Length == upper.Length && !IsInverted && !upper.IsInverted && Load.Mask is null && !Load.IsInterface
            && Values.TryBound(Length * 8, out UInt128 first, out UInt128 greatest) && upper.Values.TryBound(Length * 8, out UInt128 least, out UInt128 last)
            && greatest == UInt128.MaxValue >> (128 - (Length * 8)) && least == 0 && first <= last
            ? this with { Values = Values.Between(first, last) }
            : null;
    }

    /// <summary>As two, the first about so many bytes, if it asks for one value of more.</summary>
    public (Comparison First, Comparison Second)? CutAfter(int length)
    {
        int rest = Length - length;
        if (rest <= 0 || IsInverted || Values.Kind is not ValuesKind.Interval || Values.First != Values.Second || Load.Mask is not null
            || Load.Source is not (LoadSource.Link or LoadSource.Network or LoadSource.Transport))
        {
            return null;
        }

        UInt128 value = Values.First;
        return (
            this with { Length = length, Values = Values.Only(value >> (rest * 8)), Load = Load with { Length = length } },
            this with
            {
                Length = rest,
                Values = Values.Only(value & (UInt128.MaxValue >> (128 - (rest * 8)))),
                Load = Load with { Length = rest, Key = Load.Key + (uint)length },
            });
    }

    /// <summary>All bytes up to the NUL that ends a name are compared, or those that it begins with.</summary>
    private static Comparison? WithName(Load load, ReadOnlySpan<byte> value, bool isInverted)
    {
        if (value.SequenceEqual(NoInterface) && !isInverted)
        {
            return new(load, MostBytes, Values.Like(0, 0), IsInverted: true);
        }

        int end = value.IndexOf((byte)0);
        if (end == 0 || (end > 0 && value[end..].ContainsAnyExcept((byte)0)))
        {
            return null;
        }

        value = end > 0 ? value[..(end + 1)] : value;
        int shift = (MostBytes - value.Length) * 8;
        return new(load, MostBytes, Values.Like(Number(value, isNetworkOrder: true) << shift, UInt128.MaxValue << shift), isInverted);
    }

    private static UInt128 Number(ReadOnlySpan<byte> bytes, bool isNetworkOrder)
    {
        Span<byte> whole = stackalloc byte[MostBytes];
        whole.Clear();
        if (isNetworkOrder)
        {
            bytes.CopyTo(whole[^bytes.Length..]);
            return BinaryPrimitives.ReadUInt128BigEndian(whole);
        }

        bytes.CopyTo(whole);
        return BinaryPrimitives.ReadUInt128LittleEndian(whole);
    }
}
