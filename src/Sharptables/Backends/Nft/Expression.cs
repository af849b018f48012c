using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>An expression of nf_tables, of which rules are made; its text is that of <c>nft --debug=netlink</c>.</summary>
internal abstract record Expression
{
    /// <summary>The register that what is compared is in.</summary>
    public const int Register = 1;

    /// <summary>Loads bytes of a packet.</summary>
    /// <param name="IsTransport">Whether from the transport header on; else from that of the network.</param>
    /// <param name="Offset">Where they begin.</param>
    /// <param name="Length">How many.</param>
    /// <param name="Into">The register.</param>
    public sealed record Payload(bool IsTransport, int Offset, int Length, int Into = Register) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() =>
            $"[ payload load {Length}b @ {(IsTransport ? "transport" : "network")} header + {Offset} => reg {Into} ]";
    }

    /// <summary>Loads what the kernel notes with a packet.</summary>
    /// <param name="Key">What.</param>
    public sealed record Meta(MetaKey Key) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() => $"[ meta load {NameOf(Key)} => reg {Register} ]";
    }

    /// <summary>Loads what is known of a connection.</summary>
    /// <param name="Key">What.</param>
    /// <param name="Direction">Of which direction: 0 original, 1 reply; null where there is one for both.</param>
    public sealed record Connection(CtKey Key, byte? Direction) : Expression
    {
        /// <inheritdoc/>
        public override string ToString()
        {
            string direction = Direction switch { 0 => " , dir original", 1 => " , dir reply", _ => "" };
            return $"[ ct load {NameOf(Key)} => reg {Register}{direction} ]";
        }
    }

    /// <summary>Loads 1 if a TCP segment has an option, else 0.</summary>
    /// <param name="Kind">The number of the option.</param>
    public sealed record TcpOption(byte Kind) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() => $"[ exthdr load tcpopt 1b @ {Kind} + 0 present => reg {Register} ]";
    }

    /// <summary>Turns what is loaded from the machine's byte order to the network's, so that ranges of it can be compared.</summary>
    /// <param name="Length">How many bytes.</param>
    public sealed record ByteOrder(int Length) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() => $"[ byteorder reg {Register} = hton(reg {Register}, {Length}, {Length}) ]";
    }

    /// <summary>Keeps the bits of a mask.</summary>
    /// <param name="Bits">The mask.</param>
    public sealed record Mask(byte[] Bits) : Expression
    {
        /// <inheritdoc/>
        public override string ToString()
        {
            string zero = string.Join(' ', Array.ConvertAll(Words(Bits).Split(' '), static _ => "0x00000000"));
            return $"[ bitwise reg {Register} = ( reg {Register} & {Words(Bits)} ) ^ {zero} ]";
        }
    }

    /// <summary>Goes on only if what is loaded compares so with data.</summary>
    /// <param name="Operator">How: <c>eq</c>, <c>neq</c>, <c>lt</c>, <c>gt</c>.</param>
    /// <param name="Data">What with.</param>
    public sealed record Compare(string Operator, byte[] Data) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() => $"[ cmp {Operator} reg {Register} {Words(Data)} ]";
    }

    /// <summary>Goes on only if what is loaded is, or is not, in a range.</summary>
    /// <param name="IsInverted">Whether it is not to be.</param>
    /// <param name="First">The least.</param>
    /// <param name="Last">The greatest.</param>
    public sealed record Range(bool IsInverted, byte[] First, byte[] Last) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() => $"[ range {(IsInverted ? "neq" : "eq")} reg {Register} {Words(First)} {Words(Last)} ]";
    }

    /// <summary>Goes on only if what is loaded is, or is not, in a set that belongs to the rule.</summary>
    /// <param name="IsInverted">Whether it is not to be.</param>
    /// <param name="Elements">Its ranges, each from the first key to the last.</param>
    public sealed record Lookup(bool IsInverted, IReadOnlyList<(byte[] First, byte[] Last)> Elements) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() => $"[ lookup reg {Register} set __set%d{(IsInverted ? " 0x1" : "")} ]";
    }

    /// <summary>The name of a key, which is the kernel's: <c>ProtoSrc</c> is <c>proto_src</c>.</summary>
    private static string NameOf(Enum key)
    {
        StringBuilder text = new();
        foreach (char c in key.ToString())
        {
            text.Append(char.IsUpper(c) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    /// <summary>Bytes as the words of registers, which nft(8) prints in the machine's order.</summary>
    private static string Words(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new();
        Span<byte> word = stackalloc byte[4];
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(4, bytes.Length)..])
        {
            word.Clear();
            bytes[..Math.Min(4, bytes.Length)].CopyTo(word);
            text.Append(text.Length == 0 ? "" : " ").Append($"0x{BinaryPrimitives.ReadUInt32LittleEndian(word):x8}");
        }

        return text.ToString();
    }
}
