using System;
using System.Buffers.Binary;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>Runs programs of classic BPF, as Linux' Documentation/networking/filter.rst describes them.</summary>
internal static class BpfMachine
{
    private const uint NetworkOffset = 0xfff00000, Ancillary = 0xfffff000; // SKF_NET_OFF, SKF_AD_OFF (linux/filter.h)

    /// <summary>Whether a program takes a packet; unknown if it asks for what is not among the bytes.</summary>
    /// <param name="program">The program.</param>
    /// <param name="packet">The packet from its IP header on.</param>
    public static Answer Run(ReadOnlySpan<BpfInstruction> program, ReadOnlySpan<byte> packet)
    {
        uint a = 0, x = 0;
        Span<uint> memory = stackalloc uint[16];
        for (int at = 0; at < program.Length; at++)
        {
            BpfInstruction next = program[at];
            int code = next.Code;
            uint operand = (code & 8) != 0 ? x : next.Operand; // of those that compute or jump
            switch (code & 7)
            {
                case 0 or 1: // BPF_LD, BPF_LDX
                    Answer can = Load(code, next.Operand, x, memory, packet, out uint loaded);
                    if (can is not Answer.Yes)
                    {
                        return can;
                    }

                    (a, x) = (code & 7) == 0 ? (loaded, x) : (a, loaded);
                    break;
                case 2 or 3: // BPF_ST, BPF_STX
                    memory[(int)next.Operand & 15] = (code & 7) == 2 ? a : x;
                    break;
                case 4: // BPF_ALU
                    if ((code & 0xf0) is 0x30 or 0x90 && operand == 0)
                    {
                        return Answer.No;
                    }

                    a = (code & 0xf0) switch
                    {
                        0x00 => a + operand,
                        0x10 => a - operand,
                        0x20 => a * operand,
                        0x30 => a / operand,
                        0x40 => a | operand,
                        0x50 => a & operand,
                        0x60 => a << (int)operand,
                        0x70 => a >> (int)operand,
                        0x80 => (uint)-(int)a,
                        0x90 => a % operand,
                        _ => a ^ operand,
                    };
                    break;
                case 5: // BPF_JMP
                    bool holds = (code & 0xf0) switch { 0x10 => a == operand, 0x20 => a > operand, 0x30 => a >= operand, _ => (a & operand) != 0 };
                    at = (int)Math.Min((code & 0xf0) == 0 ? at + (long)next.Operand : at + (holds ? next.JumpTrue : next.JumpFalse), program.Length);
                    break;
                case 6: // BPF_RET
                    return ((code & 0x18) switch { 0 => next.Operand, 8 => x, _ => a }) != 0 ? Answer.Yes : Answer.No;
                default: // BPF_MISC
                    (a, x) = (code & 0x80) == 0 ? (a, a) : (x, x);
                    break;
            }
        }

        return Answer.No;
    }

    /// <summary>Loads a value; what is beyond the end ends the program, which then takes nothing.</summary>
    private static Answer Load(int code, uint operand, uint x, ReadOnlySpan<uint> memory, ReadOnlySpan<byte> packet, out uint value)
    {
        int mode = code & 0xe0;
        value = mode switch { 0x00 => operand, 0x60 => memory[(int)operand & 15], 0x80 => (uint)packet.Length, _ => 0 };
        if (mode is 0x00 or 0x60 or 0x80)
        {
            return Answer.Yes;
        }

        ulong place = mode == 0x40 ? (uint)(operand + x) : operand;
        if (place >= Ancillary || (place >= 0x80000000 && place < NetworkOffset))
        {
            return Answer.Unknown;
        }

        place -= place >= NetworkOffset ? NetworkOffset : 0;
        int size = mode == 0xa0 ? 1 : (code & 0x18) switch { 0 => 4, 8 => 2, _ => 1 };
        if (place + (ulong)size > (ulong)packet.Length)
        {
            return Answer.No;
        }

        ReadOnlySpan<byte> bytes = packet[(int)place..];
        value = size switch { 4 => BinaryPrimitives.ReadUInt32BigEndian(bytes), 2 => BinaryPrimitives.ReadUInt16BigEndian(bytes), _ => bytes[0] };
        value = mode == 0xa0 ? (value & 0xf) << 2 : value;
        return Answer.Yes;
    }
}
