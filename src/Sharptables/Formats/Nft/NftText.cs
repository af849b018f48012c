using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Formats.Nft;

/// <summary>Writes conditions in the language of nft(8), in the words of iptables-translate(8).</summary>
/// <param name="output">Where to write.</param>
/// <param name="protocol">The protocol that the rule names, for ports that could be any protocol's.</param>
internal sealed class NftText(Output output, ushort protocol)
{
    /// <summary>What the original writes first about a connection.</summary>
    private static readonly Field[] s_first = [Field.Ct.Direction, Field.Ct.Protocol, Field.Ct.State, Field.Ct.Status, Field.Ct.Expiration];

    /// <summary>Writes conditions that must all hold, each with a leading blank.</summary>
    /// <returns>False when nft has no words for one of them.</returns>
    public bool TryWrite(IReadOnlyList<Condition> conditions)
    {
        for (int rank = 0; rank <= s_first.Length; rank++)
        {
            foreach (Condition condition in conditions)
            {
                if (RankOf(condition.Field) == rank && !TryWrite(condition))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static int RankOf(Field field) => Array.IndexOf(s_first, field) is >= 0 and int rank ? rank : s_first.Length;

    private bool TryWrite(Condition condition)
    {
        if (condition.Field.Split(condition) is not { } parts)
        {
            return false;
        }

        foreach (Condition part in parts)
        {
            Write(part);
        }

        return true;
    }

    private void Write(Condition condition)
    {
        (Field field, Values values, bool isInverted) = condition;
        string not = isInverted ? " !=" : "";
        WriteName(field);
        UInt128 first = values.First, mask = values.Second;
        switch (values.Kind)
        {
            case ValuesKind.Interval when field is TcpOptionField:
                WriteValue(" ", field, first);
                output.Write(isInverted ? " missing" : " exists");
                break;
            case ValuesKind.Interval:
                output.Write(not);
                WriteInterval(" ", field, (first, values.Second));
                break;
            case ValuesKind.Intervals when values.Parts is [var only] && field is not EitherField:
                output.Write(not);
                WriteInterval(" ", field, only);
                break;
            case ValuesKind.Intervals when field is EitherField either:
                output.Write(" ."u8);
                WriteName(either.Second);
                output.Write(not);
                WritePairs(field, values.Parts);
                break;
            case ValuesKind.Intervals:
                output.Write(not);
                WriteSet(field, values.Parts);
                break;
            case ValuesKind.Less or ValuesKind.Greater:
                WriteValue(values.Kind is ValuesKind.Less ? " lt " : " gt ", field, first);
                break;
            case ValuesKind.Masked when field.Type is FieldType.TcpFlags && (mask != 0 || first == 0):
                output.Write(not);
                WriteBits(" ", field, first);
                WriteBits(" / ", field, mask);
                break;
            case ValuesKind.Masked:
                WriteMasked(" and ", field, first, mask, isInverted);
                break;
            case ValuesKind.Like when Addresses.PrefixLength(Bytes(field, mask)) < 0:
                WriteMasked(" & ", field, first & mask, mask, isInverted);
                break;
            case ValuesKind.Like:
                output.Write(not);
                WriteValue(" ", field, first);
                Addresses.WriteMask(output, Bytes(field, mask));
                break;
            case ValuesKind.AnyBit:
                output.Write(isInverted ? " !" : "");
                WriteBits(" ", field, first);
                break;
        }
    }

    private void WriteName(Field field)
    {
        output.Write((byte)' ');
        if (field.Header is { } header)
        {
            output.Write(header.NameIn(protocol));
            output.Write((byte)' ');
        }

        output.Write(field.Name);
    }

    private void WriteInterval(string before, Field field, (UInt128 First, UInt128 Last) interval)
    {
        if (interval.First == interval.Last && field.Type is not FieldType.Address)
        {
            WriteValue(before, field, interval.First);
            return;
        }

        WriteNumber(before, field, interval.First); // nft does not accept ranges of words
        WriteNumber("-", field, interval.Last);
    }

    private void WriteSet(Field field, IReadOnlyList<(UInt128 First, UInt128 Last)> parts)
    {
        string separator = " { ";
        foreach ((UInt128, UInt128) part in parts)
        {
            WriteInterval(separator, field, part);
            separator = ", ";
        }

        output.Write(" }"u8);
    }

    /// <summary>Two adjacent fields, either of which has the value: the other may have any.</summary>
    private void WritePairs(Field field, IReadOnlyList<(UInt128 First, UInt128 Last)> parts)
    {
        (UInt128, UInt128) any = (0, field.Greatest);
        string separator = " { ";
        foreach ((UInt128, UInt128) part in parts)
        {
            WriteInterval(separator, field, any);
            WriteInterval(" . ", field, part);
            WriteInterval(", ", field, part);
            WriteInterval(" . ", field, any);
            separator = ", ";
        }

        output.Write(" }"u8);
    }

    private void WriteMasked(string and, Field field, UInt128 value, UInt128 mask, bool isInverted)
    {
        WriteValue(and, field, mask);
        WriteValue(isInverted ? " != " : " == ", field, value);
    }

    private void WriteBits(string before, Field field, UInt128 bits)
    {
        foreach ((string word, byte bit) in NftWords.Of(field.Type))
        {
            if ((bits & bit) != 0)
            {
                output.Write(before);
                output.Write(word);
                before = ",";
            }
        }

        if (bits == 0)
        {
            output.Write(before);
            output.Write("0x0"u8);
        }
    }

    private void WriteValue(string before, Field field, UInt128 value)
    {
        foreach ((string word, byte named) in NftWords.Of(field.Type))
        {
            if (value == named)
            {
                output.Write(before);
                output.Write(word);
                return;
            }
        }

        WriteNumber(before, field, value);
    }

    private void WriteNumber(string before, Field field, UInt128 value)
    {
        output.Write(before);
        switch (field.Type)
        {
            case FieldType.Address:
                Addresses.Write(output, Bytes(field, value));
                break;
            case FieldType.Mark:
                output.WriteHex((ulong)value);
                break;
            default:
                output.WriteNumber((ulong)value);
                break;
        }
    }

    private static ReadOnlySpan<byte> Bytes(Field field, UInt128 address)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return bytes.AsSpan(16 - (field.Bits / 8));
    }
}
