using System.Runtime.CompilerServices;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>Where the parts of a rule's head stand that all views of a rule know.</summary>
/// <param name="Size">Bytes of the head.</param>
/// <param name="ConditionsSize">Bytes at its front that say what it asks of a packet.</param>
/// <param name="Protocol">The protocol.</param>
/// <param name="Flags">The flags.</param>
/// <param name="Inversions">What is inverted.</param>
/// <param name="NfCache">What is not used any more.</param>
/// <param name="TargetOffset">The offset of the target.</param>
/// <param name="NextOffset">The offset of the next rule.</param>
/// <param name="ComeFrom">Scratch.</param>
/// <param name="Counters">The counters.</param>
internal sealed record EntryOffsets(
    int Size, int ConditionsSize, int Protocol, int Flags, int Inversions, int NfCache, int TargetOffset, int NextOffset, int ComeFrom, int Counters)
{
    /// <summary>Those of <see cref="IptEntry"/>.</summary>
    public static EntryOffsets OfIptEntry()
    {
        IptEntry e = default;
        return new(
            Unsafe.SizeOf<IptEntry>(), Unsafe.SizeOf<IptIp>(), Of(in e, in e.Ip.Protocol), Of(in e, in e.Ip.Flags), Of(in e, in e.Ip.Inversions),
            Of(in e, in e.NfCache), Of(in e, in e.TargetOffset), Of(in e, in e.NextOffset), Of(in e, in e.ComeFrom), Of(in e, in e.Counters));
    }

    /// <summary>Those of <see cref="Ip6tEntry"/>.</summary>
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
