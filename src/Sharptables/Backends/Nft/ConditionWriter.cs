using System;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>Writes conditions as expressions of nf_tables.</summary>
/// <param name="to">Where to write.</param>
internal sealed class ConditionWriter(ExpressionWriter to)
{
    /// <summary>Whether a range that begins at 0 is one comparison, as iptables has it; nft(8) has a range.</summary>
    public bool ComparesFromZero { private get; init; }

    /// <summary>"INVAL/D" and a NUL, in place of the name of an interface: no interface can have it.</summary>
    private const ulong NoInterface = 0x494e56414c2f4400;

    private const int MostJoined = 16; // what a register holds
    private const uint SecondRegister = 10; // NFT_REG32_02: behind an Ethernet address in the first

    private int _joinedOffset; // bytes of the transport header that must have a value, and are not written yet
    private int _joinedLength;
    private UInt128 _joinedValue;

    /// <summary>The number in the batch of the set that the next condition on a set of values looks up.</summary>
    public uint NextSet { get; set; }

    /// <summary>Whether a condition is looked up in a set.</summary>
    public static bool LooksUp(in Condition condition) => condition.Values.Kind is ValuesKind.Intervals;

    /// <summary>Writes a condition; false, and nothing written, when only a set would express it. <see cref="Flush"/> ends several of them.</summary>
    public bool TryWrite(in Condition condition)
    {
        if (condition.Field is EitherField or JoinedField || condition.Values.Parts.Count > 1)
        {
            return false;
        }

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

    /// <summary>Writes a condition on a field that nf_tables has, and that has no set of values.</summary>
    public void Write(in Condition condition)
    {
        Field field = condition.Field;
        Values values = condition.Values;
        bool isInverted = condition.IsInverted;
        if (field.IsSplit)
        {
            foreach (Condition part in field.Split(condition)!)
            {
                Write(part);
            }

            return;
        }

        switch (values.Kind)
        {
            case ValuesKind.Interval when field is BitField bits && values.First == values.Second:
                Flush();
                to.LoadPayload(bits.Header!.Base, bits.Offset, bits.Bytes);
                to.Mask(bits.Mask, bits.Bytes, isNetworkOrder: true);
                to.Compare(Equal(isInverted), values.First << bits.Shift, bits.Bytes, isNetworkOrder: true);
                break;
            case ValuesKind.Interval when field is TcpOptionField:
                Flush();
                to.LoadTcpOption((byte)values.First);
                to.Compare(CompareOperator.Equal, isInverted ? 0u : 1, 1, isNetworkOrder: false);
                break;
            case ValuesKind.Interval:
                WriteInterval(field, values.First, values.Second, isInverted);
                break;
            case ValuesKind.Less or ValuesKind.Greater:
                Load(field);
                CompareOperator how = values.Kind is ValuesKind.Less
                    ? isInverted ? CompareOperator.GreaterOrEqual : CompareOperator.Less
                    : isInverted ? CompareOperator.LessOrEqual : CompareOperator.Greater;
                to.Compare(how, values.First, field.Bits / 8, field.IsNetworkOrder);
                break;
            case ValuesKind.Like:
                WriteLike(field, values.First & values.Second, values.Second, isInverted);
                break;
            case ValuesKind.Masked:
                WriteMasked(field, values.First, values.Second, isInverted);
                break;
            case ValuesKind.AnyBit:
                WriteMasked(field, 0, values.First, !isInverted);
                break;
            case ValuesKind.Intervals when NextSet > 0:
                Load(field);
                to.LookUp(NextSet++, isInverted);
                break;
            case ValuesKind.Intervals when values.Parts is [var (first, last)]:
                WriteInterval(field, first, last, isInverted);
                break;
            default:
                throw new NotSupportedException($"{field.Name}: a rule has no sets of values");
        }
    }

    /// <summary>Writes what was kept to be joined with what follows.</summary>
    public void Flush()
    {
        if (_joinedLength > 0)
        {
            to.LoadPayload(HeaderBase.Transport, _joinedOffset, _joinedLength);
            to.Compare(CompareOperator.Equal, _joinedValue, _joinedLength, isNetworkOrder: true);
            _joinedLength = 0;
        }
    }

    private static CompareOperator Equal(bool isInverted) => isInverted ? CompareOperator.NotEqual : CompareOperator.Equal;

    private void WriteInterval(Field field, UInt128 first, UInt128 last, bool isInverted)
    {
        if (field.UnitsInKernel is > 1 and var units)
        {
            (first, last) = (UInt128.Min(first * units, field.Greatest), UInt128.Min((last * units) + units - 1, field.Greatest));
        }

        last = UInt128.Min(last, field.Greatest); // the struct may have room for more than the field
        int length = field.Bits / 8;
        if (first != last)
        {
            Load(field);
            if (!field.IsNetworkOrder && length > 1)
            {
                to.ToNetworkOrder(length); // ranges are compared byte by byte
            }

            if (ComparesFromZero && first == 0 && (!isInverted || last < field.Greatest))
            {
                to.Compare(isInverted ? CompareOperator.Greater : CompareOperator.LessOrEqual, last, length, isNetworkOrder: true);
                return;
            }

            to.Compare(isInverted, first, last, length);
        }
        else if (!isInverted && field is PayloadField { Header.IsTransport: true } payload)
        {
            Join(payload.Offset, first, length);
        }
        else
        {
            Load(field);
            to.Compare(Equal(isInverted), first, length, field.IsNetworkOrder);
        }
    }

    /// <summary>Adjacent bytes of a transport header that must have a value each are loaded and compared together.</summary>
    private void Join(int offset, UInt128 value, int length)
    {
        if (_joinedLength == 0 || offset != _joinedOffset + _joinedLength || _joinedLength + length > MostJoined)
        {
            Flush();
            (_joinedOffset, _joinedLength, _joinedValue) = (offset, length, value);
        }
        else
        {
            (_joinedLength, _joinedValue) = (_joinedLength + length, (_joinedValue << (8 * length)) | value);
        }
    }

    private void WriteMasked(Field field, UInt128 value, UInt128 mask, bool isInverted)
    {
        int length = field.Bits / 8;
        Load(field);
        to.Mask(mask, length, field.IsNetworkOrder);
        to.Compare(Equal(isInverted), value, length, field.IsNetworkOrder);
    }

    /// <summary>A mask of whole bytes needs no expression of its own: fewer bytes are compared.</summary>
    private void WriteLike(Field field, UInt128 value, UInt128 mask, bool isInverted)
    {
        UInt128 ignored = field.Greatest ^ mask;
        int bits = field.Bits - (128 - (int)UInt128.LeadingZeroCount(ignored)); // that are compared, if no others are
        if (mask == 0 && field.Type is FieldType.Interface)
        {
            Load(field);
            to.Compare(Equal(!isInverted), NoInterface, sizeof(ulong), isNetworkOrder: true);
        }
        else if (bits == 0 || bits % 8 != 0 || (ignored & (ignored + 1)) != 0)
        {
            WriteMasked(field, value, mask, isInverted);
        }
        else
        {
            Load(field, bits / 8);
            to.Compare(Equal(isInverted), value >> (field.Bits - bits), bits / 8, isNetworkOrder: true);
        }
    }

    private void Load(Field field) => Load(field, field.Bits / 8);

    private void Load(Field field, int length)
    {
        Flush();
        switch (field)
        {
            case MetaField of:
                to.LoadMeta(of.Key);
                break;
            case PayloadField of:
                to.LoadPayload(of.Header.Base, of.Offset, length);
                break;
            case JoinedField { First: var first, Second: var second }:
                to.LoadPayload(first.Header.Base, first.Offset, first.Bits / 8);
                to.LoadPayload(second.Header.Base, second.Offset, second.Bits / 8, SecondRegister);
                break;
            case ConnectionField of:
                to.LoadConnection(of.Key, of.Direction);
                break;
            default:
                throw new NotSupportedException($"{field.GetType().Name} is not loaded");
        }
    }
}
