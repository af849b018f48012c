using System;
using System.Globalization;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m statistic</c>.</summary>
internal sealed class Statistic : Match<StatisticInfo>
{
    private const ushort Random = 0; // XT_STATISTIC_MODE_RANDOM
    private const ushort Nth = 1; // XT_STATISTIC_MODE_NTH

    private static readonly Switch<StatisticInfo> s_inverted = Bit((ref i) => ref i.Flags, 1); // XT_STATISTIC_INVERT

    private readonly Option _probability, _every, _packet;

    /// <inheritdoc/>
    public override bool IsOfTheMoment => true;

    /// <inheritdoc/>
    public override string Name => "statistic";

    /// <inheritdoc/>
    public override string Summary => "Matches packets at random, or every nth packet.";

    /// <inheritdoc/>
    public override string DependsOn => "chance, or how many packets came before";

    public Statistic()
    {
        Option[] nth = Together(
            _every = Option("every", new Number<uint>(1, uint.MaxValue, offset: -1), (ref i) => ref i.LastOfCycle,
                "Matches one packet in this number.", when: static (in i) => i.Mode == Nth, invert: s_inverted),
            _packet = Option("packet", new Number<uint>(0, uint.MaxValue), (ref i) => ref i.Packet,
                "Which packet of each cycle it is, counted from 0 and less than {--every}.",
                when: static (in i) => i.Mode == Nth, listed: static (in i) => i.Mode == Nth && i.Packet != 0));
        Options =
        [
            Option("mode", new Keyword<ushort>(["random", "nth"], complaint: "Bad mode \"{0}\""), (ref i) => ref i.Mode,
                "How packets are chosen.", required: true),
            _probability = Option("probability", new Probability(), (ref i) => ref i.Probability, "The probability that a packet matches.",
                when: static (in i) => i.Mode == Random, invert: s_inverted, excludes: nth),
            .. nth,
        ];
    }

    /// <inheritdoc/>
    protected override void Finish(ref StatisticInfo info, in Given given, RuleInProgress rule)
    {
        if (info.Mode == Random && !given[_probability])
        {
            throw new UsageException("--probability must be specified when using random mode");
        }

        if (info.Mode == Nth && !given[_every] && !given[_packet])
        {
            throw new UsageException("--every and --packet must be specified when using nth mode");
        }

        if (info.Packet > info.LastOfCycle)
        {
            throw new UsageException("the --packet p must be 0 <= p <= n-1");
        }

        info.Count = info.LastOfCycle - info.Packet;
    }

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref StatisticInfo info)
    {
        if (statement is Statement.Asked { Words: "meta random & 2147483647", IsInverted: false, Values: { Kind: ValuesKind.Less or ValuesKind.Greater } limit })
        {
            bool isLess = limit.Kind is ValuesKind.Less;
            (info.Mode, info.Probability, info.Flags) = (Random, (uint)limit.First + (isLess ? 0u : 1), isLess ? (ushort)0 : (ushort)1);
            return true;
        }

        const string Cycle = "numgen inc mod ";
        if (statement is not Statement.Asked asked || !asked.Words.StartsWith(Cycle, StringComparison.Ordinal)
            || !uint.TryParse(asked.Words.AsSpan(Cycle.Length), NumberStyles.None, CultureInfo.InvariantCulture, out uint every) || every == 0
            || asked.Values.Intervals is not [var (first, last)] || first != last || first >= every)
        {
            return false;
        }

        (info.Mode, info.LastOfCycle, info.Packet, info.Flags) = (Nth, every - 1, (uint)first, asked.IsInverted ? (ushort)1 : (ushort)0);
        info.Count = info.LastOfCycle - info.Packet;
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in StatisticInfo info, NftText nft)
    {
        bool isInverted = (info.Flags & 1) != 0;
        return nft.Write(info.Mode == Nth
            ? $" numgen inc mod {(ulong)info.LastOfCycle + 1} {(isInverted ? "!= " : "")}{info.Packet}"
            : $" meta random & 2147483647 {(isInverted ? ">=" : "<")} {info.Probability}");
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        ref readonly StatisticInfo info = ref As(payload);
        bool isAlways = info.Mode == Random ? info.Probability > int.MaxValue : info.LastOfCycle == 0;
        bool isNever = info.Mode == Random && info.Probability == 0;
        return !isAlways && !isNever ? Answer.Unknown : isAlways != s_inverted.IsSet(info) ? Answer.Yes : Answer.No;
    }
}

/// <summary>The kernel's struct for <c>-m statistic</c>.</summary>
[KernelStruct("struct xt_statistic_info", "linux/netfilter/xt_statistic.h")]
[StructLayout(LayoutKind.Explicit, Size = 24)]
public struct StatisticInfo
{
    /// <summary>0: random; 1: every nth packet.</summary>
    [FieldOffset(0)]
    public ushort Mode;

    /// <summary>1: all other packets.</summary>
    [FieldOffset(2)]
    public ushort Flags;

    /// <summary>The probability, in units of 1/2^31.</summary>
    [FieldOffset(4)]
    [KernelField("u.random.probability")]
    public uint Probability;

    /// <summary>The number of the last packet of a cycle, counted from 0.</summary>
    [FieldOffset(4)]
    [KernelField("u.nth.every")]
    public uint LastOfCycle;

    /// <summary>Which packet of a cycle matches.</summary>
    [FieldOffset(8)]
    [KernelField("u.nth.packet")]
    public uint Packet;

    /// <summary>The distance from there to the last; no kernel reads it any more.</summary>
    [FieldOffset(12)]
    [KernelField("u.nth.count")]
    public uint Count;
}
