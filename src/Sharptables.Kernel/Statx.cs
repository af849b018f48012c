using System;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary><c>struct statx</c> (linux/stat.h), which unlike <c>struct stat</c> is the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal unsafe struct Statx
{
    private const uint WantBasics = 0x7ff; // STATX_BASIC_STATS

    private const int OfLinkItself = 0x100; // AT_SYMLINK_NOFOLLOW

    [FieldOffset(20)] public uint User;
    [FieldOffset(24)] public uint Group;
    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(136)] public uint DeviceMajor;
    [FieldOffset(140)] public uint DeviceMinor;

    /// <summary><c>S_ISREG</c>.</summary>
    public readonly bool IsRegularFile => (Mode & 0xf000) == 0x8000;

    /// <summary>The permission bits of the mode.</summary>
    public readonly uint Permissions => Mode & 0xfffu;

    /// <summary>Whether every user may write to it.</summary>
    public readonly bool IsWritableByAll => (Mode & 2) != 0;

    /// <summary>Whether only its owner may remove what is in a directory (<c>S_ISVTX</c>).</summary>
    public readonly bool IsSticky => (Mode & 0x200) != 0;

    /// <summary>What is known of a file; null if that cannot be told.</summary>
    /// <param name="path">The path, without a NUL.</param>
    /// <param name="ofLinkItself">Whether a symbolic link is meant, not what it points to.</param>
    public static Statx? Of(ReadOnlySpan<byte> path, bool ofLinkItself = false)
    {
        Statx status;
        fixed (byte* bytes = (byte[])[.. path, 0])
        {
            // SAFETY: the path ends with NUL; the C library writes no more than a struct statx.
            return Libc.statx(-100 /* AT_FDCWD */, bytes, ofLinkItself ? OfLinkItself : 0, WantBasics, &status) == 0 ? status : null;
        }
    }

    /// <summary>Whether both are the same file.</summary>
    public readonly bool IsSameAs(in Statx other) =>
        (Inode, DeviceMajor, DeviceMinor) == (other.Inode, other.DeviceMajor, other.DeviceMinor);
}
