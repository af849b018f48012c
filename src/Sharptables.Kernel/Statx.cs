using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary><c>struct statx</c> (linux/stat.h), which unlike <c>struct stat</c> is the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct Statx
{
    /// <summary><c>STATX_INO</c>.</summary>
    public const uint WantInode = 0x100;

    /// <summary><c>STATX_BASIC_STATS</c>.</summary>
    public const uint WantBasics = 0x7ff;

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
}
