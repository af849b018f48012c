using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>A match on the TTL or hop limit: <c>-m ttl</c> and <c>-m hl</c>, which differ only in their names.</summary>
internal abstract class HopCount : Match<HopCountInfo>
{
    /// <param name="name">The name, with which its options begin.</param>
    /// <param name="label">The name in listings.</param>
    /// <param name="demand">The message when no option is given.</param>
    private protected HopCount(string name, string label, string demand)
    {
        Number<byte> number = new(0, byte.MaxValue, placeholder: "value");
        Name = name;
        AtLeastOne = new(demand);
        Option equal = Option($"{name}-eq", number, (ref i) => ref i.Value, "Equal to this value.",
            of: Field.Ip.HopLimit, present: Is((ref i) => ref i.Mode, HopCountInfo.Equal, HopCountInfo.NotEqual),
            invert: Is((ref i) => ref i.Mode, HopCountInfo.NotEqual),
            aliases: [name], label: $" {label} match {label} == ", invertedLabel: $" {label} match {label} != ");
        Option greater = Option($"{name}-gt", number, (ref i) => ref i.Value, "Greater than this value.",
            of: Field.Ip.HopLimit, relation: Relation.Greater, present: Is((ref i) => ref i.Mode, HopCountInfo.Greater),
            excludes: [equal], label: $" {label} match {label} > ");
        Option less = Option($"{name}-lt", number, (ref i) => ref i.Value, "Less than this value.",
            of: Field.Ip.HopLimit, relation: Relation.Less, present: Is((ref i) => ref i.Mode, HopCountInfo.Less),
            excludes: [equal, greater], label: $" {label} match {label} < ");
        Options = [equal, less, greater];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; }

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XT_MATCH_HL";
}

/// <summary>
/// The kernel's struct for <c>-m ttl</c>; <c>struct ip6t_hl_info</c> (linux/netfilter_ipv6/ip6t_hl.h) is the same.
/// </summary>
[KernelStruct("struct ipt_ttl_info", "linux/netfilter_ipv4/ipt_ttl.h")]
[StructLayout(LayoutKind.Sequential)]
public struct HopCountInfo
{
    internal const byte Equal = 0;
    internal const byte NotEqual = 1;
    internal const byte Less = 2;
    internal const byte Greater = 3;

    /// <summary>The comparison: 0 equal, 1 not equal, 2 less, 3 greater.</summary>
    public byte Mode;

    /// <summary>The value to compare with.</summary>
    public byte Value;
}
