using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>
/// An instruction of the classic packet filter: <c>struct bpf_insn</c> (pcap/bpf.h), which is <c>struct sock_filter</c>
/// (linux/filter.h).
/// </summary>
/// <param name="Code">What it does (BPF_LD, BPF_JMP and so on).</param>
/// <param name="JumpTrue">How many instructions to skip when a comparison holds.</param>
/// <param name="JumpFalse">How many to skip when it does not.</param>
/// <param name="Operand">The number that it works with.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BpfInstruction(ushort Code, byte JumpTrue, byte JumpFalse, uint Operand);
