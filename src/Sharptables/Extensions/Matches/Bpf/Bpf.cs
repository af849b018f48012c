using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m bpf</c>.</summary>
internal sealed class Bpf : Match<BpfInfo>
{
    private const ushort Bytecode = 0; // XT_BPF_MODE_*
    private const ushort Pinned = 1;
    private const int ProgramOffset = 8;

    private static readonly BoundedText<BpfInfo.ObjectPath> s_path = new(isName: true, placeholder: "bpf object");

    /// <inheritdoc/>
    public override string Name => "bpf";

    /// <inheritdoc/>
    public override string Summary => "Matches packets with a BPF program.";

    /// <inheritdoc/>
    public override string DependsOn => "the packet's bytes, or the program that is pinned";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("bpf: one of --bytecode or --pinned is required");

    /// <inheritdoc/>
    public override byte Revision => 1;

    public Bpf() => Options = OneOf(
        new PairOption<BpfInfo, BpfProgram>("bytecode", new BpfBytecode(),
            static (in i) => new() { Count = i.Count, Instructions = i.Program },
            static (ref i, in program) => (i.Count, i.Program) = (program.Count, program.Instructions),
            "The program in numbers, as nfbpf_compile prints it: the number of instructions, then each of them.")
        {
            When = static (in i) => i.Mode == Bytecode,
        },
        Option("object-pinned", new PinnedSyntax(), (ref i) => ref i.Object,
            "A program that has been loaded before, by its path in a bpf file system.",
            present: Switch(static (in i) => i.Mode == Pinned, static (ref i) => i.Mode = Pinned), since: 1));

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older(
            0,
            static (in BpfInfo i, ref Info0 old) =>
            {
                (old.Count, old.Program) = (i.Count, i.Program);
                return i.Mode == Bytecode ? null : "--object-pinned needs revision 1";
            },
            static (in Info0 old, ref BpfInfo i) => (i.Count, i.Program) = (old.Count, old.Program)),
    ];

    /// <summary>Each opening of a pinned program gives another descriptor, so only the path is compared.</summary>
    public override bool AreSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        a[..4].SequenceEqual(b[..4]) && a[ProgramOffset..520].SequenceEqual(b[ProgramOffset..520]);

    /// <summary>As in iptables: no leading blank, and a zero byte after the instructions.</summary>
    protected override void List(in BpfInfo info, Output output, in Format format)
    {
        output.Write("match bpf "u8);
        if (info.Mode == Bytecode)
        {
            BpfBytecode.WriteInstructions(((ReadOnlySpan<BpfInstruction>)info.Program)[..Math.Min((int)info.Count, BpfBytecode.MaxInstructions)], output);
            output.Write((byte)0);
        }
        else
        {
            output.Write("pinned "u8);
            output.Write(BoundedText<BpfInfo.ObjectPath>.Text(info.Object.Path));
        }
    }

    [KernelStruct("struct xt_bpf_info", "linux/netfilter/xt_bpf.h")]
    [StructLayout(LayoutKind.Explicit, Size = 528)]
    private struct Info0
    {
        [FieldOffset(0)]
        [KernelField("bpf_program_num_elem")]
        public ushort Count;

        [FieldOffset(4)]
        [KernelField("bpf_program")]
        public BpfInfo.Instructions Program;
    }

    /// <summary>The path of a pinned program, which is opened at once.</summary>
    private sealed class PinnedSyntax : ReferenceSyntax<BpfInfo.PinnedObject>
    {
        public override string Placeholder => s_path.Placeholder;

        public override void Parse(in Argument argument, ref BpfInfo.PinnedObject field)
        {
            s_path.Parse(argument, ref field.Path);
            try
            {
                field.Descriptor = argument.Names.OpenProgram(BoundedText<BpfInfo.ObjectPath>.Text(field.Path));
            }
            catch (KernelException e)
            {
                throw new UsageException("bpf: failed to get bpf object") { Hint = $"{argument.Word}: {e.Message}" };
            }
        }

        public override byte[] NameOf(in BpfInfo.PinnedObject field, INames names) =>
            BoundedText<BpfInfo.ObjectPath>.Text(field.Path).ToArray();

        public override string? Renew(ref BpfInfo.PinnedObject field, ReadOnlySpan<byte> name, Family family, INames names)
        {
            try
            {
                field.Descriptor = names.OpenProgram(name);
                return null;
            }
            catch (KernelException e)
            {
                return $"bpf object {MessageText.Of(name)}: {e.Message}";
            }
        }

        public override void Write(in BpfInfo.PinnedObject field, Output output, in Format format) =>
            s_path.Write(field.Path, output, format);
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        ref readonly BpfInfo info = ref As(payload);
        return !packet.HasBytes || info.Mode != Bytecode ? Answer.Unknown
            : BpfMachine.Run(((ReadOnlySpan<BpfInstruction>)info.Program)[..Math.Min((int)info.Count, BpfBytecode.MaxInstructions)], packet.Bytes);
    }
}

/// <summary>The kernel's struct for <c>-m bpf</c>.</summary>
[KernelStruct("struct xt_bpf_info_v1", "linux/netfilter/xt_bpf.h")]
[StructLayout(LayoutKind.Explicit, Size = 528)]
public struct BpfInfo
{
    /// <summary><c>XT_BPF_MODE_*</c>.</summary>
    [FieldOffset(0)]
    public ushort Mode;

    /// <summary>How many instructions there are.</summary>
    [FieldOffset(2)]
    [KernelField("bpf_program_num_elem")]
    public ushort Count;

    /// <summary>The pinned object.</summary>
    [FieldOffset(4)]
    [KernelField("fd")]
    public PinnedObject Object;

    /// <summary>The instructions.</summary>
    [FieldOffset(8)]
    [KernelField("bpf_program")]
    public Instructions Program;

    /// <summary>The instructions of a program.</summary>
    [InlineArray(BpfBytecode.MaxInstructions)]
    public struct Instructions
    {
        private BpfInstruction _first;
    }

    /// <summary>A pinned program.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PinnedObject
    {
        /// <summary>The descriptor; kernels before 4.15 use this and not the path.</summary>
        public int Descriptor;

        /// <summary>Its path.</summary>
        public ObjectPath Path;
    }

    /// <summary>A path (XT_BPF_PATH_MAX).</summary>
    [InlineArray(512)]
    public struct ObjectPath
    {
        private byte _first;
    }
}
