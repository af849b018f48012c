using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary>
/// A target that changes the TTL or hop limit: <c>-j TTL</c> and <c>-j HL</c>, which differ only in their names.
/// </summary>
internal abstract class HopCountTarget : Target<HopCountTargetInfo>
{
    /// <param name="name">The name.</param>
    /// <param name="prefix">The beginning of its options' names.</param>
    private protected HopCountTarget(string name, string prefix)
    {
        Number<byte> step = new(1, byte.MaxValue, placeholder: "value");
        Name = name;
        AtLeastOne = new($"{name}: You must specify an action");
        Options = OneOf(
            Option($"{prefix}-set", new Number<byte>(0, byte.MaxValue, placeholder: "value"), (ref i) => ref i.Value,
                "Sets it to this value.", present: Is((ref i) => ref i.Mode, HopCountTargetInfo.Set),
                label: $" {name} set to "),
            Option($"{prefix}-dec", step, (ref i) => ref i.Value, "Decreases it by this value.",
                present: Is((ref i) => ref i.Mode, HopCountTargetInfo.Decrement),
                label: $" {name} decrement by "),
            Option($"{prefix}-inc", step, (ref i) => ref i.Value, "Increases it by this value.",
                present: Is((ref i) => ref i.Mode, HopCountTargetInfo.Increment),
                label: $" {name} increment by "));
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; }

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XT_TARGET_HL";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["mangle"]);

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref HopCountTargetInfo info)
    {
        if (statement is not Statement.Change { Field: "ip ttl" or "ip6 hoplimit", From: "" } change)
        {
            return false;
        }

        (info.Mode, info.Value) = (HopCountTargetInfo.Set, (byte)change.Value);
        return true;
    }

    /// <summary>nft sets it, but does not count from what it was.</summary>
    protected override bool Translate(in HopCountTargetInfo info, NftText nft) => info.Mode == HopCountTargetInfo.Set
        && nft.Write($" {nft.Family.NftName} {Field.Ip.HopLimit.In(nft.Family).Name} set {info.Value}");

    /// <inheritdoc/>
    protected override Fate? Act(in HopCountTargetInfo info, Packet packet)
    {
        Possible before = packet.PossibleOf(Field.Ip.HopLimit);
        packet.Put(Field.Ip.HopLimit, info.Mode switch
        {
            HopCountTargetInfo.Increment => before.Moved(info.Value),
            HopCountTargetInfo.Decrement => before.Moved(-info.Value), // the kernel goes neither below 0 nor above 255
            _ => new(byte.MaxValue, info.Value),
        });
        return Fate.Continue;
    }
}

/// <summary>
/// The kernel's struct for <c>-j TTL</c>; <c>struct ip6t_HL_info</c> (linux/netfilter_ipv6/ip6t_HL.h) is the same.
/// </summary>
[KernelStruct("struct ipt_TTL_info", "linux/netfilter_ipv4/ipt_TTL.h")]
[StructLayout(LayoutKind.Sequential)]
public struct HopCountTargetInfo
{
    internal const byte Set = 0;
    internal const byte Increment = 1;
    internal const byte Decrement = 2;

    /// <summary>0 set, 1 increment, 2 decrement.</summary>
    public byte Mode;

    /// <summary>The number to set, or by which to change.</summary>
    [KernelField("ttl")]
    public byte Value;
}
