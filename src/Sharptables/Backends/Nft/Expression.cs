using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>An nf_tables expression; its text is that of <c>nft --debug=netlink</c>.</summary>
internal abstract record Expression
{
    /// <summary>The register for values to compare.</summary>
    public const int Register = 1;

    /// <summary>Loads bytes of a packet.</summary>
    /// <param name="IsTransport">Whether the offset counts from the transport header, not the network header.</param>
    /// <param name="Offset">The offset, in bytes.</param>
    /// <param name="Length">The number of bytes.</param>
    /// <param name="Into">The register.</param>
    public sealed record Payload(bool IsTransport, int Offset, int Length, int Into = Register) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() =>
            $"[ payload load {Length}b @ {(IsTransport ? "transport" : "network")} header + {Offset} => reg {Into} ]";
    }

    /// <summary>Loads what the kernel keeps with a packet.</summary>
    /// <param name="Key">Which of it.</param>
    public sealed record Meta(MetaKey Key) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() => $"[ meta load {NameOf(Key)} => reg {Register} ]";
    }

    /// <summary>Loads data of the connection.</summary>
    /// <param name="Key">Which of it.</param>
    /// <param name="Direction">0 original, 1 reply; null where it does not depend on the direction.</param>
    public sealed record Connection(CtKey Key, byte? Direction) : Expression
    {
        /// <inheritdoc/>
        public override string ToString()
        {
            string direction = Direction switch { 0 => " , dir original", 1 => " , dir reply", _ => "" };
            return $"[ ct load {NameOf(Key)} => reg {Register}{direction} ]";
        }
    }

    /// <summary>Loads 1 if the packet has a TCP option, else 0.</summary>
    /// <param name="Kind">The kind of the option.</param>
    public sealed record TcpOption(byte Kind) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() => $"[ exthdr load tcpopt 1b @ {Kind} + 0 present => reg {Register} ]";
    }

    /// <summary>Converts from the machine's byte order to network byte order, so that ranges can be compared.</summary>
    /// <param name="Length">The number of bytes.</param>
    public sealed record ByteOrder(int Length) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() => $"[ byteorder reg {Register} = hton(reg {Register}, {Length}, {Length}) ]";
    }

    /// <summary>Clears the bits outside a mask.</summary>
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

    /// <summary>Ends the rule unless the comparison holds.</summary>
    /// <param name="Operator"><c>eq</c>, <c>neq</c>, <c>lt</c> or <c>gt</c>.</param>
    /// <param name="Data">What to compare with.</param>
    public sealed record Compare(string Operator, byte[] Data) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() => $"[ cmp {Operator} reg {Register} {Words(Data)} ]";
    }

    /// <summary>Ends the rule unless the value is in a range, or outside it.</summary>
    /// <param name="IsInverted">Whether it must be outside.</param>
    /// <param name="First">The least value of the range.</param>
    /// <param name="Last">The greatest value of the range.</param>
    public sealed record Range(bool IsInverted, byte[] First, byte[] Last) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() => $"[ range {(IsInverted ? "neq" : "eq")} reg {Register} {Words(First)} {Words(Last)} ]";
    }

    /// <summary>Ends the rule unless the value is in an anonymous set, or not in it.</summary>
    /// <param name="IsInverted">Whether it must not be in the set.</param>
    /// <param name="Elements">The ranges of the set.</param>
    public sealed record Lookup(bool IsInverted, IReadOnlyList<(byte[] First, byte[] Last)> Elements) : Expression
    {
        /// <inheritdoc/>
        public override string ToString() => $"[ lookup reg {Register} set __set%d{(IsInverted ? " 0x1" : "")} ]";
    }

    /// <summary>The kernel's name of a key: <c>ProtoSrc</c> is <c>proto_src</c>.</summary>
    private static string NameOf(Enum key)
    {
        StringBuilder text = new();
        foreach (char c in key.ToString())
        {
            text.Append(char.IsUpper(c) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    /// <summary>Bytes as 32-bit words, which nft(8) prints in the machine's byte order.</summary>
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
