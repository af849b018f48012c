using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Sharptables.SystemTests.Packets;

/// <summary>An eBPF program for packets, made and pinned in a bpf file system with bpf(2): linux/bpf.h.</summary>
internal static class PinnedProgram
{
    private const int Load = 5; // BPF_PROG_LOAD
    private const int Pin = 6; // BPF_OBJ_PIN
    private const int SocketFilter = 1; // BPF_PROG_TYPE_SOCKET_FILTER

    // An instruction: code, registers (source in the high half), offset, and a number of 32 bits.
    private static readonly byte[] s_allButTcp =
    [
        0xbf, 0x16, 0, 0, 0, 0, 0, 0, // r6 = r1, where loads look for the packet
        0x30, 0x00, 0, 0, 9, 0, 0, 0, // r0 = the byte at 9: the protocol, RFC 791
        0xa7, 0x00, 0, 0, 6, 0, 0, 0, // r0 ^= 6
        0x95, 0x00, 0, 0, 0, 0, 0, 0, // return r0: anything but 0 is a match
    ];

    /// <summary>Pins a program that takes every IPv4 packet but those of TCP.</summary>
    public static void PinAllButTcp(string path)
    {
        byte[] request = new byte[48]; // union bpf_attr: type, instructions, their address, that of the license
        BinaryPrimitives.WriteInt32LittleEndian(request, SocketFilter);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(4), s_allButTcp.Length / 8);
        int program = Call(Load, request, (8, s_allButTcp), (16, "GPL\0"u8.ToArray()));
        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(program, ownsHandle: true);
        request = new byte[16]; // union bpf_attr: the address of the path, the descriptor
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(8), program);
        Call(Pin, request, (0, Encoding.UTF8.GetBytes(path + '\0')));
    }

    /// <summary>Calls bpf(2) with the address of each of some bytes at its place in the request.</summary>
    private static int Call(int command, byte[] request, params (int Place, byte[] Bytes)[] parts)
    {
        var pinned = new GCHandle[parts.Length];
        try
        {
            for (int i = 0; i < parts.Length; i++)
            {
                pinned[i] = GCHandle.Alloc(parts[i].Bytes, GCHandleType.Pinned);
                BinaryPrimitives.WriteInt64LittleEndian(request.AsSpan(parts[i].Place), pinned[i].AddrOfPinnedObject());
            }

            int number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 321 : 280; // __NR_bpf, asm/unistd.h
            long result = SystemCall(number, command, request, request.Length);
            return result >= 0 ? (int)result : throw new Win32Exception();
        }
        finally
        {
            foreach (GCHandle handle in pinned)
            {
                if (handle.IsAllocated)
                {
                    handle.Free();
                }
            }
        }
    }

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long SystemCall(long number, long command, byte[] request, long size);
}
