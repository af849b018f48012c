using System;
using System.Runtime.InteropServices;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m connlabel</c>.</summary>
internal sealed class ConnLabel : Match<ConnLabelInfo>
{
    /// <inheritdoc/>
    public override string Name => "connlabel";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the labels of their connection, which are bits.";

    /// <inheritdoc/>
    public override string DependsOn => "the labels of the connection";

    public ConnLabel() => Options =
    [
        Option("label", new Label(), (ref i) => ref i.Bit, "The label: a number up to 127, or a name from /etc/xtables/connlabel.conf.",
            required: true, invert: Bit((ref i) => ref i.Flags, 1 << 0), label: " ", invertedLabel: " ! "), // XT_CONNLABEL_OP_INVERT
        Flag("set", Bit((ref i) => ref i.Flags, 1 << 1), // XT_CONNLABEL_OP_SET
            "Set the label on the connection, and match if that succeeds."),
    ];

    /// <inheritdoc/>
    protected override string? Misuse(in ConnLabelInfo info, in Format format) =>
        info.Bit > ConnLabels.MaxBit ? $"there is no label above {ConnLabels.MaxBit}" : null;

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref ConnLabelInfo info)
    {
        if (statement is not Statement.Asked { Words: "ct label", IsInverted: true, Values: { Kind: ValuesKind.Masked } values }
            || values.First != 0 || UInt128.PopCount(values.Second) != 1)
        {
            return false;
        }

        info.Bit = (ushort)UInt128.TrailingZeroCount(values.Second);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in ConnLabelInfo info, NftText nft)
    {
        nft.Write((info.Flags & 2) != 0 ? $" ct label set {info.Bit}" : "");
        return nft.Write((info.Flags & 1) != 0 ? $" ct label and {info.Bit} != {info.Bit}" : $" ct label {info.Bit}");
    }

    /// <summary>A number or a name; in quotes in a save, and a name in a listing as well.</summary>
    private sealed class Label : Syntax<ushort>
    {
        public override string Placeholder => "name";

        public override void Parse(in Argument argument, ref ushort field)
        {
            if (argument.Text.IsEmpty)
            {
                throw new UsageException("Argument must have a minimum length of 1 characters\n");
            }

            if (Numerals.TryRead(argument.Text, 0, ushort.MaxValue, out ulong number))
            {
                field = (ushort)number;
            }
            else if (argument.Names.TryGetNumber(NameKind.ConnLabel, argument.Text, out uint named))
            {
                field = (ushort)named;
            }
            else
            {
                if (argument.Names.Gap(NameKind.ConnLabel) is { } gap)
                {
                    argument.Rule.Warn($"Warning: {gap}");
                }

                throw new UsageException($"label '{argument.Word}' not found or invalid value");
            }
        }

        public override void Write(in ushort field, Output output, in Format format)
        {
            // A name that looks like a number would be read as that number.
            ReadOnlySpan<byte> name = default;
            bool isNamed = !(format.IsListing && format.IsNumeric) && format.Names.TryGetName(NameKind.ConnLabel, field, out name)
                && !Numerals.TryRead(name, 0, ushort.MaxValue, out _);
            string quote = !format.IsListing ? "\"" : isNamed ? "'" : "";
            output.Write(quote);
            if (isNamed)
            {
                output.Write(name);
            }
            else
            {
                output.WriteNumber((ulong)field);
            }

            output.Write(quote);
        }
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <summary>What has no connection has no labels.</summary>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        return !packet.LacksConnection ? Answer.Unknown : (As(payload).Flags & 1) != 0 ? Answer.Yes : Answer.No;
    }
}

/// <summary>The kernel's struct for <c>-m connlabel</c>.</summary>
[KernelStruct("struct xt_connlabel_mtinfo", "linux/netfilter/xt_connlabel.h")]
[StructLayout(LayoutKind.Sequential)]
public struct ConnLabelInfo
{
    /// <summary>Which bit, from 0.</summary>
    public ushort Bit;

    /// <summary><c>XT_CONNLABEL_OP_*</c>.</summary>
    [KernelField("options")]
    public ushort Flags;
}
