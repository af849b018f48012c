using System.Runtime.CompilerServices;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>Where the parts of a family's rule are, in bytes from its start, and the sizes of the entries that begin and end a chain.</summary>
internal sealed class RuleLayout
{
    /// <summary>The size of a standard target with its verdict, padded (<c>struct xt_standard_target</c>).</summary>
    public static int StandardTargetSize => ExtensionRecord.HeadSize + 8;

    /// <summary>The size of the target that begins a chain and names it, padded (<c>struct xt_error_target</c>).</summary>
    public static int ErrorTargetSize => ExtensionRecord.HeadSize + 32;

    /// <summary>The longest name of a chain, in bytes (<c>XT_EXTENSION_MAXNAMELEN</c> less one).</summary>
    public const int MaxChainName = 28;

    /// <summary>
    /// The longest name that the target at the beginning of a chain holds, in bytes (<c>XT_FUNCTION_MAXNAMELEN</c> less one). libip4tc takes longer
    /// ones for a chain, and cuts them.
    /// </summary>
    public const int MaxErrorName = 29;

    public static RuleLayout OfIptEntry()
    {
        IptEntry e = default;
        return new()
        {
            HeadSize = Unsafe.SizeOf<IptEntry>(),
            ConditionsSize = Unsafe.SizeOf<IptIp>(),
            Protocol = Of(in e, in e.Ip.Protocol),
            Flags = Of(in e, in e.Ip.Flags),
            GotoFlag = RuleFlags.GotoIPv4,
            Inversions = Of(in e, in e.Ip.Inversions),
            NfCache = Of(in e, in e.NfCache),
            TargetOffset = Of(in e, in e.TargetOffset),
            NextOffset = Of(in e, in e.NextOffset),
            ComeFrom = Of(in e, in e.ComeFrom),
            Counters = Of(in e, in e.Counters),
        };
    }

    public static RuleLayout OfIp6tEntry()
    {
        Ip6tEntry e = default;
        return new()
        {
            HeadSize = Unsafe.SizeOf<Ip6tEntry>(),
            ConditionsSize = Unsafe.SizeOf<Ip6tIp6>(),
            Protocol = Of(in e, in e.Ip.Protocol),
            Flags = Of(in e, in e.Ip.Flags),
            GotoFlag = RuleFlags.GotoIPv6,
            ProtocolFlag = RuleFlags.FragmentOrProtocol,
            Inversions = Of(in e, in e.Ip.Inversions),
            NfCache = Of(in e, in e.NfCache),
            TargetOffset = Of(in e, in e.TargetOffset),
            NextOffset = Of(in e, in e.NextOffset),
            ComeFrom = Of(in e, in e.ComeFrom),
            Counters = Of(in e, in e.Counters),
        };
    }

    /// <summary>
    /// The layout of a family that x_tables has no tables of here: what ip_tables has around the conditions, at the next multiple of 8 bytes, is
    /// ours alone, as is what the conditions lack.
    /// </summary>
    /// <param name="conditionsSize">The size of the conditions.</param>
    /// <param name="protocol">Where the protocol is in them.</param>
    /// <param name="inversions">Where it is said which of them are inverted.</param>
    /// <param name="protocolInversion">Which bit it is for the protocol.</param>
    public static RuleLayout Around(int conditionsSize, int? protocol = null, int? inversions = null, byte protocolInversion = 0)
    {
        int end = (conditionsSize + 7) & ~7;
        return new()
        {
            HeadSize = end + 32,
            ConditionsSize = conditionsSize,
            NfCache = end,
            TargetOffset = end + 4,
            NextOffset = end + 6,
            ComeFrom = end + 8,
            Protocol = protocol ?? end + 12,
            Flags = end + 14,
            GotoFlag = RuleFlags.GotoIPv4,
            Inversions = inversions ?? end + 15,
            ProtocolInversion = (Inversions)protocolInversion,
            Counters = end + 16,
        };
    }

    /// <summary>The family whose layout it is.</summary>
    public Family Family { get; internal set; } = null!;

    /// <summary>The size of a rule's head; matches begin there.</summary>
    public required int HeadSize { get; init; }

    /// <summary>The size of an entry with only a standard target: a policy, or the end of a chain.</summary>
    public int PolicySize => HeadSize + StandardTargetSize;

    /// <summary>The size of the entry that begins a chain and names it, and of the one that ends a table.</summary>
    public int ChainHeadSize => HeadSize + ErrorTargetSize;

    /// <summary>The size of the conditions on a packet, which come first.</summary>
    internal required int ConditionsSize { get; init; }

    /// <summary>The protocol, in 16 bits: that of IP, or the EtherType as it is in a frame. Zero in a family without.</summary>
    internal required int Protocol { get; init; }

    /// <summary>The <see cref="RuleFlags"/>.</summary>
    internal required int Flags { get; init; }

    /// <summary>The one of these flags that makes a jump a goto.</summary>
    internal required RuleFlags GotoFlag { get; init; }

    /// <summary>The one of these flags that says that the protocol is compared; none where the protocol itself does.</summary>
    internal RuleFlags ProtocolFlag { get; init; }

    internal required int Inversions { get; init; }

    /// <summary>Whether rules have a protocol.</summary>
    public bool HasProtocol => ProtocolInversion != Model.Inversions.None;

    /// <summary>The one of the inversions that is the protocol's; none in a family without.</summary>
    internal Inversions ProtocolInversion { get; init; } = Model.Inversions.Protocol;

    /// <summary>A field that kernels do not use any more.</summary>
    internal required int NfCache { get; init; }

    internal required int TargetOffset { get; init; }

    internal required int NextOffset { get; init; }

    /// <summary>The kernel's scratch.</summary>
    internal required int ComeFrom { get; init; }

    internal required int Counters { get; init; }

    private static int Of<TEntry, TField>(ref readonly TEntry entry, ref readonly TField field) =>
        (int)Unsafe.ByteOffset(ref Unsafe.As<TEntry, byte>(ref Unsafe.AsRef(in entry)), ref Unsafe.As<TField, byte>(ref Unsafe.AsRef(in field)));
}
