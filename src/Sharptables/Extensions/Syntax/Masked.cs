using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>A value and right behind it the mask of its bits that are compared; most significant byte first.</summary>
internal struct Masked<T> : IValues
    where T : unmanaged
{
    public T Value;

    public T Mask;

    /// <summary>The bytes of the value.</summary>
    public static Span<byte> ValueOf(ref Masked<T> masked) => MemoryMarshal.AsBytes(new Span<T>(ref masked.Value));

    /// <summary>The bytes of the mask.</summary>
    public static Span<byte> MaskOf(ref Masked<T> masked) => MemoryMarshal.AsBytes(new Span<T>(ref masked.Mask));

    /// <summary>Whether any bit is compared.</summary>
    public bool HasMask => MaskOf(ref this).ContainsAnyExcept((byte)0);

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field)
    {
        Masked<T> copy = this;
        UInt128 value = Read(ValueOf(ref copy), field), mask = Read(MaskOf(ref copy), field);
        return field.Type is FieldType.Mac or FieldType.Address ? Values.Like(value, mask) : Values.Masked(field, value & mask, mask);
    }

    /// <inheritdoc/>
    bool IValues.TryTake(Field field, Values values)
    {
        if (!values.TryMask(field.Bits, out UInt128 value, out UInt128 mask))
        {
            return false;
        }

        Write(value & mask, field, ValueOf(ref this));
        Write(mask, field, MaskOf(ref this));
        return true;
    }

    private static UInt128 Read(ReadOnlySpan<byte> bytes, Field field)
    {
        UInt128 number = 0;
        foreach (byte next in bytes[..(field.Bits / 8)])
        {
            number = (number << 8) | next;
        }

        return number;
    }

    private static void Write(UInt128 number, Field field, Span<byte> bytes)
    {
        Span<byte> whole = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(whole, number << (128 - field.Bits));
        bytes.Clear();
        whole[..(field.Bits / 8)].CopyTo(bytes);
    }
}
