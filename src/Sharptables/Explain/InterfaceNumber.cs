using System;
using System.Buffers.Binary;
using System.Text;

namespace Sharptables.Explain;

/// <summary>The name of an interface as a field has it: its bytes, padded with zeros, as a number in network byte order.</summary>
internal static class InterfaceNumber
{
    /// <summary>The bytes of a name, and of the zero behind it (<c>IFNAMSIZ</c>).</summary>
    public const int Size = 16;

    /// <summary>The number of a name.</summary>
    public static UInt128 Of(string name)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes.Clear();
        byte[] text = Encoding.UTF8.GetBytes(name);
        text.AsSpan(0, Math.Min(text.Length, Size - 1)).CopyTo(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>The name of a number.</summary>
    public static string NameOf(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return Encoding.UTF8.GetString(bytes.TrimEnd((byte)0));
    }
}
