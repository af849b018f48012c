using System.Buffers.Binary;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Tests.Model;

/// <summary>
/// A rule that can be told from all others: its number is its source address, and fills the payloads of its matches and target. Its
/// bytes are put together from the offsets of the UAPI headers, not with the code under test.
/// </summary>
internal sealed record TaggedRule(int Tag, string Target, ModelChain? To = null, int Matches = 0, ulong Packets = 0, ulong Bytes = 0)
{
    /// <summary>No target: on to the next rule.</summary>
    public const string None = "-";

    /// <summary>A target that no extension here knows.</summary>
    public const string Other = "OTHER";

    /// <summary>The number of its entry in the table that was read, or -1.</summary>
    public int Entry { get; init; } = -1;

    /// <summary>Whether its counters were zeroed since.</summary>
    public bool IsZeroed { get; init; }

    public static int HeadSize(Family family) => family == Family.IPv4 ? 112 : 168;

    /// <summary>How it is written in what a test expects.</summary>
    public override string ToString() => $"{Tag}/{Matches} {(To is null ? Target : $"{Target} {To.Name}")}";

    /// <summary>Bytes of its entry.</summary>
    public int Size(Family family) =>
        HeadSize(family) + Enumerable.Range(0, Matches).Sum(static i => MatchSize(i)) + (Target == Other ? 32 + 24 : 40);

    /// <summary>Its entry.</summary>
    /// <param name="family">The family.</param>
    /// <param name="verdict">The verdict, offset or chain number of its standard target.</param>
    public byte[] ToBytes(Family family, int verdict)
    {
        byte[] bytes = new byte[Size(family)];
        int head = HeadSize(family);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Tag);
        bytes.AsSpan(family == Family.IPv4 ? 8 : 32, family == Family.IPv4 ? 4 : 16).Fill(0xff); // smsk
        if (Target == "goto")
        {
            bytes[family == Family.IPv4 ? 82 : 131] = (byte)(family == Family.IPv4 ? 2 : 4);
        }

        int at = head;
        for (int i = 0; i < Matches; i++)
        {
            Record(bytes.AsSpan(at, MatchSize(i)), "tag");
            at += MatchSize(i);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(family == Family.IPv4 ? 88 : 140), (ushort)at);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(family == Family.IPv4 ? 90 : 142), (ushort)bytes.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(head - 16), Packets);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(head - 8), Bytes);
        if (Target == Other)
        {
            Record(bytes.AsSpan(at), "OTHER");
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), 40);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 32), verdict);
        }

        return bytes;
    }

    /// <summary>The bytes of a match, all different, so that a mix-up is seen.</summary>
    private static int MatchSize(int index) => 32 + 8 + (8 * index);

    private void Record(Span<byte> place, string name)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)place.Length);
        Encoding.ASCII.GetBytes(name, place[2..]);
        for (int i = 32; i < place.Length; i++)
        {
            place[i] = (byte)(Tag + i);
        }
    }
}
