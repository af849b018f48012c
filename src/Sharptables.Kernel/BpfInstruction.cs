using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>
/// An instruction of the classic packet filter: <c>struct bpf_insn</c> (pcap/bpf.h), which is <c>struct sock_filter</c>
/// (linux/filter.h).
/// </summary>
/// <param name="Code">The operation, such as BPF_LD or BPF_JMP.</param>
/// <param name="JumpTrue">How many instructions to skip when the comparison holds.</param>
/// <param name="JumpFalse">How many to skip when it does not.</param>
/// <param name="Operand">The constant or offset that the operation takes.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BpfInstruction(ushort Code, byte JumpTrue, byte JumpFalse, uint Operand);
