using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j CONNMARK</c>.</summary>
internal sealed class ConnMarkTarget : Target<ConnMarkTargetInfo>
{
    private static readonly Number<byte> s_shift = new(0, 32, placeholder: "value");

    private readonly Option[] _operations;

    private const byte SetMode = 0; // XT_CONNMARK_*
    private const byte SaveMode = 1;
    private const byte RestoreMode = 2;

    /// <inheritdoc/>
    public override string Name => "CONNMARK";

    /// <inheritdoc/>
    public override string Summary => "Changes the mark of the connection, or copies it to the packet and back.";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne => field ??= new("CONNMARK target: No operation specified", _operations);

    /// <inheritdoc/>
    public override byte Revision => 2;

    public ConnMarkTarget()
    {
        Option mask = Option("mask", new HexNumber("mask"), (ref i) => ref i.PacketMask, "The same value for {--nfmask} and {--ctmask}.",
            present: Switch(static (in i) => i.PacketMask == i.Change.Mask, static (ref i) => i.Change.Mask = i.PacketMask),
            shorthand: true, helpRank: -1);
        Options =
        [
            .. _operations = OneOf(
                Option("set-xmark", new MarkMaskSyntax(alwaysMask: true, placeholder: "value[/ctmask]"), (ref i) => ref i.Change,
                    "Clears the bits of the mask, then flips the bits of the value.", when: static (in i) => i.Mode == SetMode,
                    helpRank: -5),
                Option("set-mark", new MarkMaskSyntax(static (ref m) => m.Mask |= m.Mark), (ref i) => ref i.Change,
                    "Clears the bits of the mask, then sets the bits of the value.", shorthand: true, helpRank: -1),
                Option("and-mark",
                    new MarkMaskSyntax(static (ref m) => m = new() { Mask = ~m.Mark }, takesMask: false, placeholder: "value"),
                    (ref i) => ref i.Change, "Clears all other bits.", shorthand: true),
                Option("or-mark", new MarkMaskSyntax(static (ref m) => m.Mask = m.Mark, takesMask: false, placeholder: "value"),
                    (ref i) => ref i.Change, "Sets these bits.", shorthand: true),
                Option("xor-mark", new MarkMaskSyntax(static (ref m) => m.Mask = 0, takesMask: false, placeholder: "value"),
                    (ref i) => ref i.Change, "Flips these bits.", shorthand: true),
                Flag("save-mark", Is((ref i) => ref i.Mode, SaveMode), "Copies the packet's mark to the connection.", helpRank: -5),
                Flag("restore-mark", Is((ref i) => ref i.Mode, RestoreMode), "Copies the connection's mark to the packet.", helpRank: -2)),
            Option("nfmask", new HexNumber("mask"), (ref i) => ref i.PacketMask, "The mask of the packet's mark.",
                when: Copies, excludes: [mask], helpRank: -3),
            Option("ctmask", new HexNumber("mask"), (ref i) => ref i.Change.Mask, "The mask of the connection's mark.",
                when: Copies, excludes: [mask], helpRank: -4),
            mask,
            Option("left-shift-mark", s_shift, (ref i) => ref i.ShiftBits, "Shifts the mark to the left by this number of bits.",
                present: Switch(static (in i) => i.ShiftBits > 0 && i.ShiftDirection == 0, static (ref i) => i.ShiftDirection = 0),
                since: 2),
            Option("right-shift-mark", s_shift, (ref i) => ref i.ShiftBits, "Shifts the mark to the right by this number of bits.",
                present: Switch(static (in i) => i.ShiftBits > 0 && i.ShiftDirection != 0, static (ref i) => i.ShiftDirection = 1),
                since: 2),
        ];
    }

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older(
            1,
            static (in ConnMarkTargetInfo i, ref Info1 old) =>
            {
                (old.Change, old.PacketMask, old.Mode) = (i.Change, i.PacketMask, i.Mode);
                return i.ShiftBits == 0 ? null : "a shift needs revision 2";
            },
            static (in Info1 old, ref ConnMarkTargetInfo i) => (i.Change, i.PacketMask, i.Mode) = (old.Change, old.PacketMask, old.Mode)),
    ];

    /// <inheritdoc/>
    protected override void Begin(ref ConnMarkTargetInfo info)
    {
        info.Change.Mask = uint.MaxValue;
        info.PacketMask = uint.MaxValue;
    }

    /// <inheritdoc/>
    protected override string? Misuse(in ConnMarkTargetInfo info, in Format format) =>
        info.ShiftBits > 31 ? "a mark has 32 bits, and can be shifted by 31 at most" : null;

    /// <summary>The value tells which shorthand it may have been; masks are told apart by what they apply to.</summary>
    protected override void List(in ConnMarkTargetInfo info, Output output, in Format format)
    {
        output.Write(" CONNMARK "u8);
        switch (info.Mode)
        {
            case SaveMode:
                output.Write("save"u8);
                ListMasks(" nfmask ", info.PacketMask, " ctmask ~", info.Change.Mask, output);
                break;
            case RestoreMode:
                output.Write("restore"u8);
                ListMasks(" ctmask ", info.Change.Mask, " nfmask ~", info.PacketMask, output);
                break;
            default:
                MarkChange.List(info.Change, output);
                break;
        }

        if (info.ShiftBits > 0)
        {
            output.Write(info.ShiftDirection == 0 ? " left-shift-mark "u8 : " right-shift-mark "u8);
            output.WriteNumber((ulong)info.ShiftBits);
        }
    }

    private static bool Copies(in ConnMarkTargetInfo info) => info.Mode != SetMode;

    private static void ListMasks(string fromLabel, uint from, string toLabel, uint to, Output output)
    {
        if (from != to)
        {
            output.Write(fromLabel);
            output.WriteHex(from);
            output.Write(toLabel);
            output.WriteHex(to);
        }
        else if (from != uint.MaxValue)
        {
            output.Write(" mask "u8);
            output.WriteHex(from);
        }
    }

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref ConnMarkTargetInfo info)
    {
        switch (statement)
        {
            case Statement.Change { Field: "ct mark", From: "ct mark" or "" } change:
                info.Change = new() { Mark = (uint)change.Value, Mask = ~(uint)change.Kept };
                return true;
            case Statement.Change { Field: "ct mark", From: "meta mark", Value: 0 } save:
                (info.Mode, info.PacketMask) = (SaveMode, (uint)save.Kept);
                return true;
            case Statement.Change { Field: "meta mark", From: "ct mark", Value: 0 } restore:
                (info.Mode, info.Change.Mask) = (RestoreMode, (uint)restore.Kept);
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    protected override bool Translate(in ConnMarkTargetInfo info, NftText nft)
    {
        (uint value, uint mask) = (info.Change.Mark, info.Change.Mask);
        bool isWhole = info.Mode == SetMode || mask == uint.MaxValue; // else bits outside of the mask stay, which nft cannot say
        if (info.Mode != SetMode && (info.PacketMask != mask || (!isWhole && !nft.SaysAsOriginal)))
        {
            return false;
        }

        bool isOther = info.Mode == SetMode && mask is not (0 or uint.MaxValue) && value != 0 && value != mask;
        string result = info.Mode == SetMode
            ? isOther && nft.SaysAsOriginal ? $"ct mark xor 0x{value:x} and 0x{~mask:x}" : NftText.ChangeOf("ct mark", value, mask)
            : $"{(info.Mode == SaveMode ? "mark" : "ct mark")}{(isWhole ? "" : $" and 0x{mask:x}")}";
        if (info.ShiftBits > 0)
        {
            bool isLeft = info.ShiftDirection == 0;
            bool isNumber = info.Mode == SetMode && mask == uint.MaxValue; // which nft does not shift
            result = isNumber ? $"0x{(info.ShiftBits > 31 ? 0 : isLeft ? value << info.ShiftBits : value >> info.ShiftBits):x}"
                : $"( {result} ) {(isLeft ? "<<" : ">>")} {info.ShiftBits}";
        }

        return nft.Write($" {(info.Mode == RestoreMode ? "meta" : "ct")} mark set {result}");
    }

    [KernelStruct("struct xt_connmark_tginfo1", "linux/netfilter/xt_connmark.h")]
    private struct Info1
    {
        [KernelField("ctmark")]
        public MarkMask Change;
        [KernelField("nfmask")]
        public uint PacketMask;
        public byte Mode;
    }

    /// <inheritdoc/>
    protected override Fate? Act(in ConnMarkTargetInfo info, Packet packet)
    {
        if (packet.LacksConnection)
        {
            return Fate.Continue;
        }

        if (info.Mode == SetMode)
        {
            if (info.ShiftBits == 0)
            {
                packet.Change(Field.Ct.Mark, kept: ~info.Change.Mask, info.Change.Mark);
            }
            else
            {
                packet.Put(Field.Ct.Mark, packet.Find(Field.Ct.Mark) is { } before ? Only(Shift(((uint)before & ~info.Change.Mask) ^ info.Change.Mark, info)) : Any);
            }

            return Fate.Continue;
        }

        bool isSave = info.Mode == SaveMode;
        (Field from, Field to) = isSave ? (Field.Meta.Mark, Field.Ct.Mark) : (Field.Ct.Mark, Field.Meta.Mark);
        (uint of, uint cleared) = isSave ? (info.PacketMask, info.Change.Mask) : (info.Change.Mask, info.PacketMask);
        if (packet.Find(from) is { } mark)
        {
            packet.Change(to, kept: ~cleared, Shift((uint)mark & of, info));
        }
        else
        {
            bool isWhole = of == uint.MaxValue && cleared == uint.MaxValue && info.ShiftBits == 0;
            packet.Put(to, isWhole && !MayHaveNone(packet) ? packet.PossibleOf(from) : Any);
        }

        return Fate.Continue;
    }

    private static Possible Any => new(uint.MaxValue);

    private static Possible Only(uint mark) => new(uint.MaxValue, mark);

    /// <summary>Whether the packet might have no connection, so that nothing would be changed.</summary>
    private static bool MayHaveNone(Packet packet) =>
        packet.PossibleOf(Field.Ct.State).Ask(Values.AnyBit(StateField.Invalid | StateField.Untracked)) is not Answer.No;

    private static uint Shift(uint mark, in ConnMarkTargetInfo info) =>
        info.ShiftBits > 31 ? 0 : info.ShiftDirection == 0 ? mark << info.ShiftBits : mark >> info.ShiftBits;
}
