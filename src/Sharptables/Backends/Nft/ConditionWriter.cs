using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sharptables.Names;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>Translates conditions into nf_tables expressions.</summary>
/// <param name="expressions">The list to add to.</param>
internal sealed class ConditionWriter(List<Expression> expressions)
{
    private const int RegisterSize = 4;
    private const int SecondRegister = 9; // NFT_REG32_01: the four bytes after the first four of NFT_REG_1

    /// <summary>Writes a condition; false, and nothing written, when a rule cannot express it.</summary>
    public bool TryWrite(Condition condition)
    {
        if (condition.Field.Split(condition) is { } parts)
        {
            foreach (Condition part in parts)
            {
                Write(part);
            }
        }
        else if (condition.Field is PayloadField)
        {
            Write(condition); // its bytes can be loaded at once, though nf_tables has two fields
        }
        else
        {
            return false;
        }

        return true;
    }

    private static byte[] Data(Field field, UInt128 value) => Data(value, field.Bits / 8, field.IsNetworkOrder);

    private static byte[] Data(UInt128 value, int length, bool isNetworkOrder)
    {
        byte[] bytes = new byte[16];
        if (isNetworkOrder)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
            return bytes[^length..];
        }

        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        return bytes[..length];
    }

    private void Write(Condition condition)
    {
        (Field field, Values values, bool isInverted) = condition;
        string equal = isInverted ? "neq" : "eq";
        UInt128 value = values.First, mask = values.Second;
        switch (values.Kind)
        {
            case ValuesKind.Interval when field is TcpOptionField:
                expressions.Add(new Expression.TcpOption((byte)value));
                expressions.Add(new Expression.Compare("eq", [(byte)(isInverted ? 0 : 1)]));
                break;
            case ValuesKind.Interval:
                WriteInterval(field, value, values.Second, isInverted);
                break;
            case ValuesKind.Intervals when values.Parts is [var (first, last)] && field is not EitherField:
                WriteInterval(field, first, last, isInverted);
                break;
            case ValuesKind.Intervals:
                WriteLookup(field, values.Parts, isInverted);
                break;
            case ValuesKind.Less or ValuesKind.Greater:
                Load(field);
                expressions.Add(new Expression.Compare(values.Kind is ValuesKind.Less ? "lt" : "gt", Data(field, value)));
                break;
            case ValuesKind.Like:
                WriteNetwork(field, value & mask, mask, equal);
                break;
            case ValuesKind.Masked:
                WriteMasked(field, value, mask, equal);
                break;
            case ValuesKind.AnyBit:
                WriteMasked(field, 0, value, isInverted ? "eq" : "neq");
                break;
        }
    }

    private void WriteInterval(Field field, UInt128 first, UInt128 last, bool isInverted)
    {
        UInt128 units = field is ConnectionField of ? of.UnitsInKernel : 1, greatest = UInt128.MaxValue >> (128 - field.Bits);
        (first, last) = (UInt128.Min(first * units, greatest), UInt128.Min((last * units) + units - 1, greatest));
        Load(field);
        if (first == last)
        {
            Compare(isInverted ? "neq" : "eq", Data(field, first));
            return;
        }

        int length = field.Bits / 8;
        if (!field.IsNetworkOrder && length > 1)
        {
            expressions.Add(new Expression.ByteOrder(length)); // ranges are compared byte by byte
        }

        expressions.Add(new Expression.Range(isInverted, Data(first, length, isNetworkOrder: true), Data(last, length, isNetworkOrder: true)));
    }

    private void WriteMasked(Field field, UInt128 value, UInt128 mask, string equal)
    {
        Load(field);
        expressions.Add(new Expression.Mask(Data(field, mask)));
        expressions.Add(new Expression.Compare(equal, Data(field, value)));
    }

    /// <summary>A mask of whole bytes needs no mask expression: fewer bytes are compared.</summary>
    private void WriteNetwork(Field field, UInt128 address, UInt128 mask, string equal)
    {
        int prefix = Addresses.PrefixLength(Data(field, mask));
        if (prefix <= 0 || prefix % 8 != 0)
        {
            WriteMasked(field, address, mask, equal);
            return;
        }

        Load(field, prefix / 8);
        Compare(equal, Data(field, address)[..(prefix / 8)]);
    }

    private void WriteLookup(Field field, IReadOnlyList<(UInt128 First, UInt128 Last)> parts, bool isInverted)
    {
        List<(byte[] First, byte[] Last)> elements = [];
        foreach ((UInt128 First, UInt128 Last) part in parts)
        {
            byte[] first = Data(field, part.First), last = Data(field, part.Last);
            if (field is EitherField either)
            {
                byte[] least = Data(field, 0), greatest = Data(field, UInt128.MaxValue);
                elements.Add((Joined(least, first), Joined(greatest, last)));
                elements.Add((Joined(first, least), Joined(last, greatest)));
            }
            else
            {
                elements.Add((first, last));
            }
        }

        if (field is EitherField of)
        {
            Load(of.First);
            Load(of.Second, of.Second.Bits / 8, SecondRegister);
        }
        else
        {
            Load(field);
        }

        expressions.Add(new Expression.Lookup(isInverted, elements));
    }

    /// <summary>Two values as one key of a set, each in registers of its own.</summary>
    private static byte[] Joined(byte[] first, byte[] second) =>
        [.. first, .. new byte[-first.Length & (RegisterSize - 1)], .. second, .. new byte[-second.Length & (RegisterSize - 1)]];

    private void Load(Field field) => Load(field, field.Bits / 8);

    private void Load(Field field, int length, int register = Expression.Register) => expressions.Add(field switch
    {
        PayloadField of => new Expression.Payload(of.Header.IsTransport, of.Offset, length, register),
        MetaField of => new Expression.Meta(of.Key),
        ConnectionField of => new Expression.Connection(of.Key, of.Direction),
        _ => throw new NotSupportedException($"{field.GetType().Name} is not loaded"),
    });

    /// <summary>Compares what was loaded. Adjacent bytes of a packet are loaded and compared together.</summary>
    private void Compare(string equal, byte[] data)
    {
        if (equal == "eq" && expressions is [.., Expression.Payload left, Expression.Compare("eq", var before), Expression.Payload right]
            && left.IsTransport == right.IsTransport && left.Offset + left.Length == right.Offset && left.Length + right.Length <= 16
            && before.Length == left.Length)
        {
            expressions.RemoveRange(expressions.Count - 3, 3);
            expressions.Add(left with { Length = left.Length + right.Length });
            data = [.. before, .. data];
        }

        expressions.Add(new Expression.Compare(equal, data));
    }
}
