using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary><c>struct statx</c>, linux/stat.h: the same on every architecture, which <c>struct stat</c> is not.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct Statx
{
    /// <summary><c>STATX_INO</c>.</summary>
    public const uint WantInode = 0x100;

    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(136)] public uint DeviceMajor;
    [FieldOffset(140)] public uint DeviceMinor;
}
