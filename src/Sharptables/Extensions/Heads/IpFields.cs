using System;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Heads;

/// <summary>The fields of an IPv4 or IPv6 head for listings; bytes are in network byte order.</summary>
internal readonly ref struct IpFields
{
    public required ReadOnlySpan<byte> Source { get; init; }

    public required ReadOnlySpan<byte> SourceMask { get; init; }

    public required ReadOnlySpan<byte> Destination { get; init; }

    public required ReadOnlySpan<byte> DestinationMask { get; init; }

    /// <summary>Zero-padded.</summary>
    public required ReadOnlySpan<byte> InInterface { get; init; }

    /// <summary>0xff for each byte that is compared.</summary>
    public required ReadOnlySpan<byte> InInterfaceMask { get; init; }

    public required ReadOnlySpan<byte> OutInterface { get; init; }

    public required ReadOnlySpan<byte> OutInterfaceMask { get; init; }

    /// <summary>0 is any.</summary>
    public required ushort Protocol { get; init; }

    /// <summary>The flags, whose bits differ between the families.</summary>
    public required byte Flags { get; init; }

    public required Inversions Inversions { get; init; }

    /// <summary>Whether it is about second and later fragments (<c>-f</c>).</summary>
    public bool IsFragment { get; init; }

    /// <summary>IPv6 only.</summary>
    public byte TrafficClass { get; init; }

    /// <summary>Whether its interfaces can be written so that they are read again.</summary>
    public bool CanBeTyped =>
        InterfaceText.MayBeTyped(InInterface, InInterfaceMask, Inverts(Model.Inversions.InInterface)) && InterfaceText.MayBeTyped(OutInterface, OutInterfaceMask, Inverts(Model.Inversions.OutInterface));

    /// <summary>Whether another one with the same addresses is equal: only bytes of interface names under the mask count.</summary>
    public bool AreSame(in IpFields other) =>
        InInterfaceMask.SequenceEqual(other.InInterfaceMask) && AreSame(InInterface, other.InInterface, InInterfaceMask)
        && OutInterfaceMask.SequenceEqual(other.OutInterfaceMask) && AreSame(OutInterface, other.OutInterface, OutInterfaceMask)
        && Protocol == other.Protocol && Flags == other.Flags && Inversions == other.Inversions && TrafficClass == other.TrafficClass;

    public void WriteColumns(Output output, in Format format, bool isVerbose)
    {
        output.Write((byte)(Inverts(Model.Inversions.Protocol) ? '!' : ' '));
        int start = output.Length;
        if (format.IsNumeric)
        {
            output.WriteNumber((ulong)Protocol);
        }
        else
        {
            ProtocolText.WriteName(Protocol, output, format.Names);
        }

        output.PadFrom(start, 4);
        output.Write((byte)' ');
        WriteFragment(output);
        output.Write((byte)' ');
        if (isVerbose)
        {
            ReadOnlySpan<byte> any = format.IsNumeric ? "*"u8 : "any"u8;
            output.Write((byte)' ');
            start = output.Length;
            WriteInterface(InInterface, InInterfaceMask, Inverts(Model.Inversions.InInterface), any, output);
            output.PadFrom(start, 6);
            output.Write((byte)' ');
            start = output.Length;
            WriteInterface(OutInterface, OutInterfaceMask, Inverts(Model.Inversions.OutInterface), any, output);
            output.PadFrom(start, 6);
            output.Write((byte)' ');
        }

        WriteAddressColumn(Source, SourceMask, Inverts(Model.Inversions.Source), format.IsNumeric ? null : format.Names, output);
        WriteAddressColumn(Destination, DestinationMask, Inverts(Model.Inversions.Destination), format.IsNumeric ? null : format.Names, output);
    }

    public void WriteChange(Output output)
    {
        output.Write((byte)(Inverts(Model.Inversions.Protocol) ? '!' : ' '));
        ProtocolText.WriteShortName(Protocol, output);
        output.Write(" opt "u8);
        WriteFragment(output);
        output.Write(" in "u8);
        WriteInterface(InInterface, InInterfaceMask, Inverts(Model.Inversions.InInterface), "*"u8, output);
        output.Write(" out "u8);
        WriteInterface(OutInterface, OutInterfaceMask, Inverts(Model.Inversions.OutInterface), "*"u8, output);
        output.Write((byte)' ');
        output.Write((byte)(Inverts(Model.Inversions.Source) ? '!' : ' '));
        WriteAddress(Source, SourceMask, names: null, output);
        output.Write((byte)' ');
        output.Write((byte)(Inverts(Model.Inversions.Destination) ? '!' : ' '));
        output.Write("-> "u8);
        WriteAddress(Destination, DestinationMask, names: null, output);
    }

    public void WriteEntry(Output output)
    {
        WriteEntryAddress("SRC IP: "u8, Source, SourceMask, output);
        WriteEntryAddress("DST IP: "u8, Destination, DestinationMask, output);
        output.Write("Interface: `"u8);
        WriteEntryInterface(InInterface, InInterfaceMask, output);
        output.Write("to `"u8);
        WriteEntryInterface(OutInterface, OutInterfaceMask, output);
        output.Write("\nProtocol: "u8);
        output.WriteNumber((ulong)Protocol);
        output.Write("\nFlags: "u8);
        WriteByte(Flags, output);
        output.Write("\nInvflags: "u8);
        WriteByte((byte)Inversions, output);
        output.Write((byte)'\n');
    }

    private bool Inverts(Inversions what) => (Inversions & what) != 0;

    private static bool AreSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> mask)
    {
        for (int i = 0; i < mask.Length; i++)
        {
            if (((a[i] ^ b[i]) & mask[i]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteAddressColumn(ReadOnlySpan<byte> address, ReadOnlySpan<byte> mask, bool isInverted, INames? names, Output output)
    {
        output.Write((byte)(isInverted ? '!' : ' '));
        int start = output.Length;
        WriteAddress(address, mask, names, output);
        output.PadFrom(start, 19);
        output.Write((byte)' ');
    }

    private static void WriteAddress(ReadOnlySpan<byte> address, ReadOnlySpan<byte> mask, INames? names, Output output)
    {
        if (names is not null && Addresses.IsZero(address.Length == 4 ? mask : address))
        {
            output.Write("anywhere"u8);
            return;
        }

        if (names is null)
        {
            Addresses.Write(output, address);
        }
        else
        {
            AddressNames.Write(output, address, names);
        }

        Addresses.WriteMask(output, mask);
    }

    private void WriteFragment(Output output) =>
        output.Write(!IsFragment ? "--"u8 : Inverts(Model.Inversions.Fragment) ? "!f"u8 : "-f"u8);

    private static void WriteInterface(ReadOnlySpan<byte> name, ReadOnlySpan<byte> mask, bool isInverted, ReadOnlySpan<byte> any, Output output)
    {
        output.Write(isInverted ? "!"u8 : default);
        if (name[0] == 0)
        {
            output.Write(any);
        }
        else
        {
            InterfaceText.Write(output, name, mask);
        }
    }

    private static void WriteEntryAddress(ReadOnlySpan<byte> label, ReadOnlySpan<byte> address, ReadOnlySpan<byte> mask, Output output)
    {
        output.Write(label);
        if (address.Length == 4)
        {
            Addresses.Write(output, address);
            output.Write((byte)'/');
            Addresses.Write(output, mask);
            output.Write((byte)'\n');
            return;
        }

        output.Write((byte)'\n');
        Addresses.Write(output, address);
        output.Write((byte)'\n');
        Addresses.WriteMask(output, mask, evenIfFull: true);
        output.Write(Addresses.PrefixLength(mask) < 0 ? "\n\n"u8 : "\n"u8);
    }

    private static void WriteEntryInterface(ReadOnlySpan<byte> name, ReadOnlySpan<byte> mask, Output output)
    {
        int end = name.IndexOf((byte)0);
        MessageText.Show(end < 0 ? name : name[..end], output);
        output.Write("'/"u8);
        foreach (byte b in mask)
        {
            output.Write((byte)(b != 0 ? 'X' : '.'));
        }
    }

    private static void WriteByte(byte value, Output output)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        output.Write(digits[value >> 4]);
        output.Write(digits[value & 15]);
    }
}
