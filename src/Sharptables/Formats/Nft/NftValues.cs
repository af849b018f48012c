using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Formats.Nft;

/// <summary>Writes single values as nft(8) lists them. Bytes of names become characters of the same number.</summary>
/// <param name="names">The names of protocols.</param>
internal sealed class NftValues(INames names)
{
    private const int MostBytes = 16; // of a number

    /// <summary>A value as bytes of a register.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="isNetworkOrder">Whether the first counts most.</param>
    /// <param name="bits">The width of the field, as far as it is known.</param>
    public string Of(NftType type, ReadOnlySpan<byte> bytes, bool isNetworkOrder, int bits) => type.Notation switch
    {
        NftNotation.Address when bytes.Length is 4 or 16 => Address(bytes),
        NftNotation.Mac => Mac(bytes),
        NftNotation.Interface when bytes.IndexOf((byte)0) < 0 => Quoted(bytes, "*"),
        NftNotation.Interface or NftNotation.Text => Quoted(bytes.IndexOf((byte)0) is >= 0 and int end ? bytes[..end] : bytes, ""),
        _ when bytes.Length > MostBytes => "0x" + Convert.ToHexStringLower(bytes),
        _ => Of(type, Number(bytes, isNetworkOrder), bits),
    };

    /// <summary>A value as a number.</summary>
    public string Of(NftType type, UInt128 value, int bits)
    {
        if (type.IsBits)
        {
            return Bits(type, value);
        }

        foreach ((string word, ulong named) in type.Words)
        {
            if (value == named)
            {
                return word;
            }
        }

        return Plain(type, value, bits);
    }

    /// <summary>A value as a number, without a word for it: nft has no ranges of words.</summary>
    public string Plain(NftType type, UInt128 value, int bits)
    {
        switch (type.Notation)
        {
            case NftNotation.Address:
                Span<byte> address = stackalloc byte[MostBytes];
                BinaryPrimitives.WriteUInt128BigEndian(address, value);
                return Address(address[^(bits / 8)..]);
            case NftNotation.Mac:
                Span<byte> mac = stackalloc byte[MostBytes];
                BinaryPrimitives.WriteUInt128BigEndian(mac, value);
                return Mac(mac[^(bits / 8)..]);
            case NftNotation.ShortHex:
                return "0x" + value.ToString("x", CultureInfo.InvariantCulture);
            case NftNotation.Hex:
                return "0x" + value.ToString($"x{(bits + 3) / 4}", CultureInfo.InvariantCulture);
            case NftNotation.Protocol when value <= byte.MaxValue && names.TryGetName(NameKind.Protocol, (uint)value, out ReadOnlySpan<byte> name):
                return Encoding.Latin1.GetString(name);
            case NftNotation.InterfaceIndex when value <= uint.MaxValue && NetworkInterface.NameOf((uint)value) is { Length: > 0 } device:
                return Quoted(device, "");
            case NftNotation.Handle:
                return $"{(uint)value >> 16:x}:{(uint)value & 0xffff:x}";
            case NftNotation.Seconds:
                return Duration((ulong)value * 1000);
            case NftNotation.Date when value % 1_000_000_000 == 0:
                return (value / 1_000_000_000).ToString(CultureInfo.InvariantCulture);
            case NftNotation.Milliseconds:
                return Duration((ulong)value);
            default:
                return value.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The number that bytes are.</summary>
    public static UInt128 Number(ReadOnlySpan<byte> bytes, bool isNetworkOrder)
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

    /// <summary>A time of so many milliseconds: <c>1d2h3m4s5ms</c>.</summary>
    public static string Duration(ulong milliseconds)
    {
        StringBuilder text = new();
        foreach ((string unit, ulong length) in (ReadOnlySpan<(string, ulong)>)[("d", 86400000), ("h", 3600000), ("m", 60000), ("s", 1000), ("ms", 1)])
        {
            if (milliseconds >= length)
            {
                text.Append(CultureInfo.InvariantCulture, $"{milliseconds / length}{unit}");
                milliseconds %= length;
            }
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    /// <summary>Text in quotes.</summary>
    public static string Quoted(ReadOnlySpan<byte> text, string end) => $"\"{Encoding.Latin1.GetString(text)}{end}\"";

    private static string Address(ReadOnlySpan<byte> bytes)
    {
        Output text = new(Output.Kept);
        Addresses.Write(text, bytes);
        return Encoding.ASCII.GetString(text.Written);
    }

    private static string Mac(ReadOnlySpan<byte> bytes) =>
        string.Join(':', Array.ConvertAll(bytes.ToArray(), static b => b.ToString("x2", CultureInfo.InvariantCulture)));

    private static string Bits(NftType type, UInt128 value)
    {
        List<string> bits = [];
        if (type.Notation is NftNotation.BitNumber)
        {
            for (int i = 0; i < 128; i++)
            {
                if ((value & ((UInt128)1 << i)) != 0)
                {
                    bits.Add(i.ToString(CultureInfo.InvariantCulture));
                }
            }

            return string.Join(',', bits);
        }

        foreach ((string word, ulong bit) in type.Words)
        {
            if ((value & bit) != 0)
            {
                bits.Add(word);
                value &= ~(UInt128)bit;
            }
        }

        if (value != 0 || bits.Count == 0)
        {
            bits.Add("0x" + value.ToString("x", CultureInfo.InvariantCulture));
        }

        return string.Join(',', bits);
    }
}
