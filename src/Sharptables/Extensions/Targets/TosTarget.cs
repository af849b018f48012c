using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j TOS</c>.</summary>
internal sealed class TosTarget : Target<TosTargetInfo>
{
    /// <inheritdoc/>
    public override string Name => "TOS";

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XT_TARGET_DSCP";

    /// <inheritdoc/>
    public override string Summary => "Changes the type-of-service byte of the IP header, in IPv6 the traffic class.";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("TOS: An action is required");

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["mangle"]);

    public TosTarget() => Options = OneOf(
        Option("set-tos", new TosSyntax(), (ref i) => ref i.Change, "Clears the bits of the mask, then flips the bits of the value."),
        Option("and-tos", new BitsSyntax(static (ref i) => i = new() { Mask = (byte)~i.Value }), (ref i) => ref i.Change,
            "Clears all other bits.", shorthand: true),
        Option("or-tos", new BitsSyntax(static (ref i) => i.Mask = i.Value), (ref i) => ref i.Change,
            "Sets these bits.", shorthand: true),
        Option("xor-tos", new BitsSyntax(static (ref i) => i.Mask = 0), (ref i) => ref i.Change,
            "Flips these bits.", shorthand: true));

    /// <summary>A name if there is one, with iptables' blanks; otherwise the most likely option.</summary>
    protected override void List(in TosTargetInfo info, Output output, in Format format)
    {
        TosTargetInfo.ServiceChange change = info.Change;
        if (!format.IsNumeric && TypeOfService.NameOf(change.Value, change.Mask) is { } name)
        {
            output.Write("  TOS set"u8);
            output.Write(name);
            return;
        }

        (string operation, byte bits) = change switch
        {
            { } when format.IsNumeric => (" TOS set ", change.Value),
            { Value: 0 } => (" TOS and ", (byte)~change.Mask),
            { } when change.Value == change.Mask => (" TOS or ", change.Value),
            { Mask: 0 } => (" TOS xor ", change.Value),
            _ => (" TOS set ", change.Value),
        };
        output.Write(operation);
        if (operation == " TOS set ")
        {
            TypeOfService.Write(change.Value, change.Mask, output);
        }
        else
        {
            HexByte.Write(bits, output);
        }
    }

    /// <inheritdoc/>
    protected override bool Translate(in TosTargetInfo info, NftText nft)
    {
        // As the original's words have it, which leave alone the two bits below the code point.
        (uint value, uint mask) = ((uint)info.Change.Value >> 2, (uint)info.Change.Mask >> 2);
        (byte bits, byte cleared) = (info.Change.Value, info.Change.Mask);
        string field = $"{nft.Family.NftName} dscp";
        bool isWhole = cleared == byte.MaxValue || (cleared == 0x3f && nft.SaysAsOriginal); // 0x3f is the mask of names
        string change = isWhole ? $"0x{value:x2}"
            : bits == 0 ? $"{field} and 0x{~mask & 0x3f:x2}"
            : bits == cleared ? $"{field} or 0x{value:x2}"
            : cleared == 0 ? $"{field} xor 0x{value:x2}"
            : $"{field} and 0x{~mask & 0x3f:x2} xor 0x{value:x2}";
        return (nft.SaysAsOriginal || cleared == byte.MaxValue) && nft.Write($" {field} set {change}");
    }

    private sealed class TosSyntax : Syntax<TosTargetInfo.ServiceChange>
    {
        public override string Placeholder => "value[/mask]|name";

        public override IReadOnlyList<string> Choices => TypeOfService.Names;

        public override void Parse(in Argument argument, ref TosTargetInfo.ServiceChange field) =>
            TypeOfService.Parse(argument, out field.Value, out field.Mask);

        public override void Write(in TosTargetInfo.ServiceChange field, Output output, in Format format) =>
            TypeOfService.Write(field.Value, field.Mask, output);
    }

    /// <summary>Bits, from which value and mask are made.</summary>
    private sealed class BitsSyntax(Change<TosTargetInfo.ServiceChange> adjust) : Syntax<TosTargetInfo.ServiceChange>
    {
        private static readonly HexByte s_number = new();

        public override string Placeholder => "bits";

        public override void Parse(in Argument argument, ref TosTargetInfo.ServiceChange field)
        {
            s_number.Parse(argument, ref field.Value);
            adjust(ref field);
        }

        public override void Write(in TosTargetInfo.ServiceChange field, Output output, in Format format) =>
            HexByte.Write(field.Value, output);
    }

    /// <inheritdoc/>
    protected override Fate? Act(in TosTargetInfo info, Packet packet)
    {
        packet.Change(Field.Ip.Service, kept: (byte)~info.Change.Mask, info.Change.Value);
        return Fate.Continue;
    }
}

/// <summary>The kernel's struct for <c>-j TOS</c>.</summary>
[KernelStruct("struct xt_tos_target_info", "linux/netfilter/xt_DSCP.h")]
[StructLayout(LayoutKind.Sequential)]
public struct TosTargetInfo
{
    /// <summary>The change.</summary>
    [KernelField("tos_value")]
    public ServiceChange Change;

    /// <summary>How the byte is changed: the bits of the mask are cleared, then those of the value are flipped.</summary>
    public struct ServiceChange
    {
        /// <summary>The bits to flip.</summary>
        public byte Value;

        /// <summary>The bits to clear.</summary>
        public byte Mask;
    }
}
