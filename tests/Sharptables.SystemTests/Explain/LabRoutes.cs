using System.Net;
using Sharptables.Explain;
using Sharptables.Model;
using Sharptables.Packets;
using AskedPacket = Sharptables.Packets.Packet;

namespace Sharptables.SystemTests.Explain;

/// <summary>The routes and addresses of a <see cref="Packets.Lab"/>.</summary>
/// <param name="v6">Whether they are those of IPv6.</param>
internal sealed class LabRoutes(bool v6) : IRoutes, IMachine
{
    private readonly UInt128[] _own = [.. (v6 ? ["fd00:1::1", "fd00:2::1", "::1"] : (string[])["192.168.1.1", "203.0.113.1", "127.0.0.1"]).Select(Number)];

    /// <inheritdoc/>
    public RouteAnswer Find(AskedPacket packet, bool isLocal)
    {
        if (packet.Find(Field.Ip.Destination) is not { } destination)
        {
            return new(RouteWay.Unknown);
        }

        if (_own.Contains(destination))
        {
            return isLocal ? new(RouteWay.Out, "lo") : new(RouteWay.Local);
        }

        bool isLan = v6 ? destination >> 64 == Number("fd00:1::") >> 64 : destination >> 8 == Number("192.168.1.0") >> 8;
        return new(RouteWay.Out, isLan ? "LAN1" : "WAN1");
    }

    /// <inheritdoc/>
    public UInt128? AddressOf(Family family, UInt128 name) => name == InterfaceNumber.Of("LAN1") ? _own[0] : name == InterfaceNumber.Of("WAN1") ? _own[1] : null;

    /// <inheritdoc cref="IMachine.TypeOf"/>
    public int? TypeOf(Family family, UInt128 address, UInt128? device) => device is null && _own.Contains(address) ? 2 : null;

    private static UInt128 Number(string address) =>
        IPAddress.Parse(address).GetAddressBytes().Aggregate((UInt128)0, static (number, next) => (number << 8) | next);
}
