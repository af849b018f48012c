using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary>arptables' target <c>MARK</c>, whose numbers are hexadecimal without being told.</summary>
internal sealed class ArptMark : Target<MarkTargetInfo>
{
    /// <inheritdoc/>
    public override string Name => "MARK";

    /// <inheritdoc/>
    public override string Summary => "Changes the packet's mark.";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("MARK: One of the --set-xmark, --{and,or,xor,set}-mark options is required");

    /// <inheritdoc/>
    public override byte Revision => 2;

    public ArptMark() => Options = OneOf(
        Change("set-mark", "The new mark, in hexadecimal.", static (in m) => m.Mark, static (ref m, in v) => m = new() { Mark = v, Mask = uint.MaxValue },
            static (in i) => i.Mark.Mark != 0 && i.Mark.Mask == uint.MaxValue && i.Mark.Mark != uint.MaxValue),
        Change("and-mark", "Clears all other bits.", static (in m) => ~m.Mask, static (ref m, in v) => m = new() { Mask = ~v }, static (in i) => i.Mark.Mark == 0),
        Change("or-mark", "Sets these bits.", static (in m) => m.Mark, static (ref m, in v) => m = new() { Mark = v, Mask = v },
            static (in i) => i.Mark.Mark != 0 && i.Mark.Mark == i.Mark.Mask),
        Option("set-xmark", new MarkMaskSyntax(alwaysMask: true), (ref i) => ref i.Mark, "Clears the bits of the mask, then flips the bits of the value.",
            when: static (in i) => i.Mark.Mark != 0 && i.Mark.Mask != uint.MaxValue && i.Mark.Mark != i.Mark.Mask));

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref MarkTargetInfo info) => MarkTarget.TryTakeChange(statement, ref info);

    /// <inheritdoc/>
    protected override bool Translate(in MarkTargetInfo info, NftText nft) => nft.Write($" meta mark set {NftText.ChangeOf("mark", info.Mark.Mark, info.Mark.Mask)}");

    private static PairOption<MarkTargetInfo, uint> Change(string name, string summary, Getter<MarkMask, uint> get, Setter<MarkMask, uint> set, Question<MarkTargetInfo> when) =>
        new(name, new HexDigits<uint>("bits"), (in i) => get(i.Mark), (ref i, in v) => set(ref i.Mark, v), summary) { When = when };
}
