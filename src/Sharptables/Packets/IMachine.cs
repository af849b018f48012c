using System;
using Sharptables.Model;

namespace Sharptables.Packets;

/// <summary>What rules ask, beside the packet, of the machine that it passes. Nothing of it need be known.</summary>
internal interface IMachine
{
    /// <summary>The time.</summary>
    public DateTimeOffset? Now => null;

    /// <summary>The address that an interface has, if it is only one, or the first.</summary>
    /// <param name="family">The family of the address.</param>
    /// <param name="name">The name of the interface, as a field has it.</param>
    public UInt128? AddressOf(Family family, UInt128 name) => null;

    /// <summary>What routing says of an address: <c>RTN_*</c> (linux/rtnetlink.h): 1 unicast, 2 local, 3 broadcast, 5 multicast.</summary>
    /// <param name="family">The family of the address.</param>
    /// <param name="address">The address.</param>
    /// <param name="device">The name of the only interface whose addresses are local, as a field has it; null for any.</param>
    public int? TypeOf(Family family, UInt128 address, UInt128? device) => null;

    /// <summary>The IP set that has a number in rules; null if it is not known.</summary>
    public IpSet? FindSet(ushort number) => null;
}
