using System;

namespace Sharptables.Kernel;

/// <summary>What sockets of IPv4 and IPv6 have differently.</summary>
internal sealed class InternetFamily
{
    public required AddressFamily Sockets { get; init; }

    /// <summary>Where the address is in a <see cref="SocketAddress"/>.</summary>
    public required int AddressOffset { get; init; }

    public required int AddressSize { get; init; }

    public required uint SocketAddressSize { get; init; }

    /// <summary>The level of its socket options.</summary>
    public required int Level { get; init; }

    /// <summary>The option that makes ICMP errors known.</summary>
    public required int ReceiveErrors { get; init; }

    /// <summary>The size of the header without options.</summary>
    public required int HeaderSize { get; init; }

    /// <summary>Whether a raw socket delivers the header, too (raw(7), ipv6(7)).</summary>
    public required bool DeliversHeader { get; init; }

    /// <summary>The family of an address in network byte order.</summary>
    public static InternetFamily Of(ReadOnlySpan<byte> address) => address.Length switch
    {
        4 => IPv4(),
        16 => IPv6(),
        _ => throw new ArgumentException($"an address of {address.Length} bytes", nameof(address)),
    };

    private static InternetFamily IPv4() => new()
    {
        Sockets = AddressFamily.IPv4,
        AddressOffset = 4,
        AddressSize = 4,
        SocketAddressSize = 16,
        Level = Libc.IPPROTO_IP,
        ReceiveErrors = Libc.IP_RECVERR,
        HeaderSize = 20,
        DeliversHeader = true,
    };

    private static InternetFamily IPv6() => new()
    {
        Sockets = AddressFamily.IPv6,
        AddressOffset = 8,
        AddressSize = 16,
        SocketAddressSize = 28,
        Level = Libc.IPPROTO_IPV6,
        ReceiveErrors = Libc.IPV6_RECVERR,
        HeaderSize = 40,
        DeliversHeader = false,
    };
}
