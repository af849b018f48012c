using System;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>Walks messages of nfnetlink as a <see cref="NetlinkWriter"/> has written them, one behind another.</summary>
/// <param name="bytes">The messages.</param>
internal ref struct NetlinkMessages(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The subsystem and its message.</summary>
    public ushort Type { get; private set; }

    /// <summary><c>NFPROTO_*</c>.</summary>
    public byte Family { get; private set; }

    /// <summary>The number that the kernel ignores.</summary>
    public int Note { get; private set; }

    /// <summary>The message's attributes.</summary>
    public ReadOnlySpan<byte> Attributes { get; private set; }

    /// <summary>Goes to the next message.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        int length = MemoryMarshal.Read<int>(_rest);
        Type = MemoryMarshal.Read<ushort>(_rest[4..]);
        Note = MemoryMarshal.Read<int>(_rest[12..]);
        Family = _rest[16];
        Attributes = _rest[NetlinkWriter.HeadSize..length];
        _rest = _rest[length..];
        return true;
    }
}
