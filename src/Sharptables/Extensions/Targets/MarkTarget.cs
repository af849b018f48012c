using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j MARK</c>.</summary>
internal sealed class MarkTarget : Target<MarkTargetInfo>
{
    /// <inheritdoc/>
    public override string Name => "MARK";

    /// <inheritdoc/>
    public override string Summary => "Changes the packet's mark.";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("MARK: One of the --set-xmark, --{and,or,xor,set}-mark options is required");

    /// <inheritdoc/>
    public override byte Revision => 2;

    public MarkTarget() => Options = OneOf(
        Option("set-xmark", new MarkMaskSyntax(alwaysMask: true), (ref i) => ref i.Mark,
            "Clears the bits of the mask, then flips the bits of the value."),
        Option("set-mark", new MarkMaskSyntax(static (ref m) => m.Mask |= m.Mark), (ref i) => ref i.Mark,
            "Clears the bits of the mask, then sets the bits of the value.", shorthand: true),
        Option("and-mark", new MarkMaskSyntax(static (ref m) => m = new() { Mask = ~m.Mark }, takesMask: false, placeholder: "bits"),
            (ref i) => ref i.Mark, "Clears all other bits.", shorthand: true),
        Option("or-mark", new MarkMaskSyntax(static (ref m) => m.Mask = m.Mark, takesMask: false, placeholder: "bits"),
            (ref i) => ref i.Mark, "Sets these bits.", shorthand: true),
        Option("xor-mark", new MarkMaskSyntax(static (ref m) => m.Mask = 0, takesMask: false, placeholder: "bits"),
            (ref i) => ref i.Mark, "Flips these bits.", shorthand: true));

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref MarkTargetInfo info) => TryTakeChange(statement, ref info);

    /// <summary>Takes a change of the mark.</summary>
    public static bool TryTakeChange(Statement statement, ref MarkTargetInfo info)
    {
        if (statement is not Statement.Change { Field: "meta mark", From: "meta mark" or "" } change)
        {
            return false;
        }

        info.Mark = new() { Mark = (uint)change.Value, Mask = ~(uint)change.Kept };
        return true;
    }

    /// <summary>The value tells which shorthand it may have been, and iptables lists that.</summary>
    protected override void List(in MarkTargetInfo info, Output output, in Format format)
    {
        output.Write(" MARK "u8);
        MarkChange.List(info.Mark, output);
    }

    /// <inheritdoc/>
    protected override bool Translate(in MarkTargetInfo info, NftText nft) => nft.Write($" meta mark set {NftText.ChangeOf("mark", info.Mark.Mark, info.Mark.Mask)}");

    /// <inheritdoc/>
    protected override Fate? Act(in MarkTargetInfo info, Packet packet)
    {
        packet.Change(Field.Meta.Mark, kept: ~info.Mark.Mask, info.Mark.Mark);
        return Fate.Continue;
    }
}

/// <summary>The kernel's struct for <c>-j MARK</c>.</summary>
[KernelStruct("struct xt_mark_tginfo2", "linux/netfilter/xt_mark.h")]
public struct MarkTargetInfo
{
    /// <summary>The bits of the mask are cleared, then those of the value are flipped.</summary>
    public MarkMask Mark;
}
