using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>Says where packets are sent.</summary>
internal interface IRoutes
{
    /// <summary>Where a packet is sent.</summary>
    /// <param name="packet">The packet, as it is when it is asked.</param>
    /// <param name="isLocal">Whether this machine made it.</param>
    RouteAnswer Find(Packet packet, bool isLocal);
}
