using System;
using System.Runtime.InteropServices;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>ebtables' match <c>mark_m</c>.</summary>
internal sealed class EbtMark : Match<EbtMarkInfo>
{
    private const byte Equal = 1, AnyBit = 2; // EBT_MARK_AND, EBT_MARK_OR

    /// <inheritdoc/>
    public override string Name => "mark_m";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_MARK";

    /// <inheritdoc/>
    public override string Summary => "Matches frames by their mark.";

    public EbtMark() => Options =
    [
        new PairOption<EbtMarkInfo, MarkOrBits>("mark", new MarkSyntax(),
            static (in i) => new() { Mark = i.Mark, Mask = i.Mask, IsAnyBit = (i.Kind & AnyBit) != 0 },
            static (ref i, in v) => (i.Mark, i.Mask, i.Kind) = (v.Mark, v.Mask, v.IsAnyBit ? AnyBit : Equal),
            "The mark, and a mask of the bits to compare; only a mask: any of its bits is set.")
        {
            Of = Field.Meta.Mark, IsRequired = true, Invert = Bit((ref i) => ref i.Inversion, 1),
        },
    ];

    /// <summary>As the original has it, not as the match of iptables on a mark.</summary>
    protected override bool Translate(in EbtMarkInfo info, NftText nft)
    {
        bool isAnyBit = (info.Kind & AnyBit) != 0, isInverted = (info.Inversion & 1) != 0;
        return nft.Write(isAnyBit ? $" meta mark and 0x{info.Mask:x} {(isInverted ? "==" : "!=")} 0"
            : info.Mask == uint.MaxValue ? $" meta mark {(isInverted ? "!= " : "")}0x{info.Mark:x}"
            : $" meta mark and 0x{info.Mask:x} {(isInverted ? "!=" : "==")} 0x{info.Mark:x}");
    }

    /// <summary>A mark under a mask, or bits any of which are to be set.</summary>
    private record struct MarkOrBits : IValues
    {
        public ulong Mark { get; set; }

        public ulong Mask { get; set; }

        public bool IsAnyBit { get; set; }

        readonly Values IValues.ValuesOf(Field field) => IsAnyBit ? Values.AnyBit(Mask) : Values.Masked(field, Mark, Mask);

        bool IValues.TryTake(Field field, Values values)
        {
            IsAnyBit = values.Kind is ValuesKind.AnyBit;
            bool can = values.TryMask(field.Bits, out UInt128 value, out UInt128 mask) || IsAnyBit;
            (Mark, Mask) = IsAnyBit ? (0, (ulong)values.First) : ((ulong)value, (ulong)mask);
            return can;
        }
    }

    /// <summary><c>5</c>, <c>5/7</c>, <c>/7</c>.</summary>
    private sealed class MarkSyntax : Syntax<MarkOrBits>
    {
        public override string Placeholder => "[value][/mask]";

        public override void Parse(in Argument argument, ref MarkOrBits field)
        {
            int slash = argument.Text.IndexOf((byte)'/');
            ulong mark = 0, mask = uint.MaxValue;
            if ((slash != 0 && !Numerals.TryRead(slash < 0 ? argument.Text : argument.Text[..slash], 0, uint.MaxValue, out mark))
                || (slash >= 0 && !Numerals.TryRead(argument.Text[(slash + 1)..], 0, uint.MaxValue, out mask)))
            {
                throw new UsageException($"Bad mark value '{argument.Word}'") { Hint = $"A mark is a number from 0 to {uint.MaxValue}, and so is a mask." };
            }

            field = new() { Mark = mark, Mask = mask, IsAnyBit = slash == 0 };
        }

        public override void Write(in MarkOrBits field, Output output, in Format format)
        {
            if (!field.IsAnyBit)
            {
                output.WriteHex(field.Mark);
            }

            if (field.IsAnyBit || field.Mask != uint.MaxValue)
            {
                output.Write((byte)'/');
                output.WriteHex(field.Mask);
            }
        }
    }
}

/// <summary>The kernel's struct for ebtables' match <c>mark_m</c>.</summary>
[KernelStruct("struct ebt_mark_m_info", "linux/netfilter_bridge/ebt_mark_m.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct EbtMarkInfo
{
    /// <summary>The mark, of which the kernel compares 32 bits.</summary>
    public ulong Mark;

    public ulong Mask;

    /// <summary>1: all others.</summary>
    [KernelField("invert")]
    public byte Inversion;

    /// <summary>1: the bits under the mask are those of the mark; 2: any bit of the mask is set.</summary>
    [KernelField("bitmask")]
    public byte Kind;
}
