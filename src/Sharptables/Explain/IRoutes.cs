using System;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>Says where packets are sent.</summary>
internal interface IRoutes
{
    /// <summary>Where a packet is sent.</summary>
    /// <param name="packet">The packet, as it is when it is asked.</param>
    /// <param name="isLocal">Whether this machine made it.</param>
    RouteAnswer Find(Packet packet, bool isLocal);

    /// <summary>What the routes say of an address: <c>RTN_*</c> (linux/rtnetlink.h), 1 unicast, 2 local, 3 broadcast; null if that is not known.</summary>
    /// <param name="family">The family of the address.</param>
    /// <param name="address">The address.</param>
    int? TypeOf(Family family, UInt128 address) => null;
}
