using System.Runtime.CompilerServices;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>Where the fields of a rule's head are that every view of a rule needs, in bytes from its start.</summary>
/// <param name="Size">The size of the head.</param>
/// <param name="ConditionsSize">The size of the conditions on a packet, which come first.</param>
/// <param name="Protocol">The protocol.</param>
/// <param name="Flags">The <see cref="RuleFlags"/>.</param>
/// <param name="Inversions">The <see cref="Model.Inversions"/>.</param>
/// <param name="NfCache">A field that kernels do not use any more.</param>
/// <param name="TargetOffset">The offset of the target.</param>
/// <param name="NextOffset">The offset of the next rule.</param>
/// <param name="ComeFrom">The kernel's scratch.</param>
/// <param name="Counters">The counters.</param>
internal sealed record EntryOffsets(
    int Size, int ConditionsSize, int Protocol, int Flags, int Inversions, int NfCache, int TargetOffset, int NextOffset, int ComeFrom, int Counters)
{
    public static EntryOffsets OfIptEntry()
    {
        IptEntry e = default;
        return new(
            Unsafe.SizeOf<IptEntry>(), Unsafe.SizeOf<IptIp>(), Of(in e, in e.Ip.Protocol), Of(in e, in e.Ip.Flags), Of(in e, in e.Ip.Inversions),
            Of(in e, in e.NfCache), Of(in e, in e.TargetOffset), Of(in e, in e.NextOffset), Of(in e, in e.ComeFrom), Of(in e, in e.Counters));
    }

    public static EntryOffsets OfIp6tEntry()
    {
        Ip6tEntry e = default;
        return new(
            Unsafe.SizeOf<Ip6tEntry>(), Unsafe.SizeOf<Ip6tIp6>(), Of(in e, in e.Ip.Protocol), Of(in e, in e.Ip.Flags), Of(in e, in e.Ip.Inversions),
            Of(in e, in e.NfCache), Of(in e, in e.TargetOffset), Of(in e, in e.NextOffset), Of(in e, in e.ComeFrom), Of(in e, in e.Counters));
    }

    private static int Of<TEntry, TField>(ref readonly TEntry entry, ref readonly TField field) =>
        (int)Unsafe.ByteOffset(ref Unsafe.As<TEntry, byte>(ref Unsafe.AsRef(in entry)), ref Unsafe.As<TField, byte>(ref Unsafe.AsRef(in field)));
}
