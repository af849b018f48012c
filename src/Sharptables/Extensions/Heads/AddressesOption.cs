using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Heads;

/// <summary><c>-s</c> or <c>-d</c>: addresses, each of which makes a rule.</summary>
/// <param name="name">The name.</param>
/// <param name="summary">What it does.</param>
/// <param name="field">The address in the kernel's struct.</param>
internal sealed class AddressesOption<TInfo, TAddress>(string name, string summary, FieldRef<TInfo, Interleaved<TAddress>> field) :
    Option<TInfo>(name, summary, new AddressesForm())
    where TInfo : unmanaged
    where TAddress : unmanaged
{
    /// <summary>Whether it is saved that one address is meant: <c>/32</c>.</summary>
    public bool WritesFullMask { private get; init; } = true;

    /// <inheritdoc/>
    public override bool MayHoldSign => true;

    /// <inheritdoc/>
    public override Condition ConditionIn(ReadOnlySpan<byte> payload, Family family) => new(Of!.In(family), Packets.Values.Like(Place(payload)), IsInverted(payload));

    /// <inheritdoc/>
    public override void Put(ReadOnlySpan<byte> value, Span<byte> payload)
    {
        ref Interleaved<TAddress> place = ref field(ref Extension<TInfo>.As(payload));
        value[..Unsafe.SizeOf<TAddress>()].CopyTo(Bytes(ref place.Value));
        value[Unsafe.SizeOf<TAddress>()..].CopyTo(Bytes(ref place.Mask));
    }

    /// <inheritdoc/>
    protected override bool IsSaid(ReadOnlySpan<byte> payload) => Place(payload).IsGiven || IsInverted(payload);

    /// <inheritdoc/>
    protected override void ParseValue(in Argument argument, ref TInfo info)
    {
        ref Interleaved<TAddress> place = ref field(ref info);
        AddressListText.Read(argument, Bytes(ref place.Value), Bytes(ref place.Mask));
    }

    /// <inheritdoc/>
    protected override bool TakeValue(Field of, Packets.Values values, ref TInfo info)
    {
        if (!values.TryMask(of.Bits, out UInt128 value, out UInt128 mask))
        {
            return false;
        }

        ref Interleaved<TAddress> place = ref field(ref info);
        Write(value & mask, Bytes(ref place.Value));
        Write(mask, Bytes(ref place.Mask));
        return true;
    }

    /// <inheritdoc/>
    protected override void WriteValue(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        ref Interleaved<TAddress> place = ref Place(payload);
        if (format.IsNumeric)
        {
            Addresses.Write(output, Bytes(ref place.Value));
        }
        else
        {
            AddressNames.Write(output, Bytes(ref place.Value), format.Names);
        }

        Addresses.WriteMask(output, Bytes(ref place.Mask), WritesFullMask);
    }

    private static void Write(UInt128 address, Span<byte> bytes)
    {
        Span<byte> whole = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(whole, address);
        whole[^bytes.Length..].CopyTo(bytes);
    }

    private static Span<byte> Bytes(ref TAddress value) => MemoryMarshal.AsBytes(new Span<TAddress>(ref value));

    private ref Interleaved<TAddress> Place(ReadOnlySpan<byte> payload) => ref field(ref Unsafe.AsRef(in Extension<TInfo>.As(payload)));
}
