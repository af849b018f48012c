using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary>ebtables' target <c>mark</c>.</summary>
internal sealed class EbtMarkTarget : Target<EbtMarkTargetInfo>
{
    private const int Set = unchecked((int)0xfffffff0), Or = unchecked((int)0xffffffe0), And = unchecked((int)0xffffffd0), // MARK_*_VALUE
        Xor = unchecked((int)0xffffffc0);

    /// <inheritdoc/>
    public override string Name => "mark";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_MARK_T";

    /// <inheritdoc/>
    public override string Summary => "Changes the frame's mark.";

    /// <inheritdoc/>
    public override bool EndsRule => true;

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; }

    public EbtMarkTarget()
    {
        Option[] changes = OneOf(
            Change("mark-set", Set, "The new mark.", fullName: "set-mark"),
            Change("mark-or", Or, "Sets these bits."),
            Change("mark-and", And, "Clears all other bits."),
            Change("mark-xor", Xor, "Flips these bits."));
        Options =
        [
            .. changes,
            Option("mark-target", new EbtVerdictSyntax(), (ref i) => ref i.Verdict, "What happens to the frame then; ACCEPT if not given."),
        ];
        AtLeastOne = new("You must specify some option", changes);
    }

    /// <inheritdoc/>
    protected override void Begin(ref EbtMarkTargetInfo info) => info.Verdict = EbtVerdictSyntax.Accept;

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref EbtMarkTargetInfo info)
    {
        switch (statement)
        {
            case Statement.End end:
                return EbtVerdictSyntax.TryTake(end.Verdict, ref info.Verdict);
            case Statement.Change { Field: "meta mark", From: "meta mark" or "" } change when (info.Verdict & ~EbtVerdictSyntax.Mask) == (EbtVerdictSyntax.Accept & ~EbtVerdictSyntax.Mask):
                int? action = change switch
                {
                    { Kept: 0 } => Set,
                    { Kept: uint.MaxValue } => Xor,
                    { Value: 0 } => And,
                    _ => ~change.Kept % (1ul << 32) == change.Value ? Or : null,
                };
                info.Mark = action is And ? change.Kept : change.Value;
                info.Verdict = (action ?? 0) | (EbtVerdictSyntax.Continue & EbtVerdictSyntax.Mask); // a statement of nft goes on
                return action is not null;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    protected override bool Translate(in EbtMarkTargetInfo info, NftText nft)
    {
        string word = (info.Verdict & ~EbtVerdictSyntax.Mask) switch { Set => "", Or => "meta mark or ", And => "meta mark and ", _ => "meta mark xor " };
        return nft.Write($" meta mark set {word}0x{info.Mark:x}{EbtVerdictSyntax.NftWord(info.Verdict)}");
    }

    private static Option<EbtMarkTargetInfo, ulong> Change(string name, int action, string summary, string? fullName = null) =>
        Option(name, new MarkSyntax(), (ref i) => ref i.Mark, summary, fullName: fullName, present: Switch(
            (in i) => (i.Verdict & ~EbtVerdictSyntax.Mask) == action,
            (ref i) => i.Verdict = action | (i.Verdict & EbtVerdictSyntax.Mask)));

    /// <summary>A mark; the kernel has room for 64 bits, and a frame has 32.</summary>
    private sealed class MarkSyntax : Syntax<ulong>
    {
        private readonly Number<ulong> _number = new(0, uint.MaxValue);

        public override string Placeholder => "value";

        public override void Parse(in Argument argument, ref ulong field) => _number.Parse(argument, ref field);

        public override void Write(in ulong field, Output output, in Format format) => output.WriteHex(field);
    }
}

/// <summary>The kernel's struct for ebtables' target <c>mark</c>.</summary>
[KernelStruct("struct ebt_mark_t_info", "linux/netfilter_bridge/ebt_mark_t.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct EbtMarkTargetInfo
{
    public ulong Mark;

    /// <summary>What is done with the mark, and in the last bits what happens to the frame then: see <see cref="EbtVerdictSyntax"/>.</summary>
    [KernelField("target")]
    public int Verdict;
}
