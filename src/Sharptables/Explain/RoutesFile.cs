using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>
/// Routes as ip-route(8) lists them: <c>default via 192.0.2.254 dev wan0</c>, <c>10.0.0.0/8 dev lan0 metric 100</c>, and the machine's own addresses as
/// <c>local 192.0.2.1 dev wan0</c> (<c>ip route show table all</c> lists them, too).
/// </summary>
internal sealed class RoutesFile : IRoutes
{
    private readonly List<(Family Family, UInt128 Network, int Length, uint Metric, RouteAnswer Answer)> _routes = [];

    /// <summary>Reads routes.</summary>
    /// <exception cref="FormatException">A line is no route.</exception>
    public static RoutesFile Parse(string text)
    {
        RoutesFile routes = new();
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string[] words = line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                routes.Add(words, number);
            }
        }

        return routes;
    }

    /// <inheritdoc/>
    public RouteAnswer Find(Packet packet, bool isLocal)
    {
        if (packet.Find(Field.Ip.Destination) is not { } destination)
        {
            return new(RouteWay.Unknown);
        }

        (int Rank, uint Metric, RouteAnswer Answer) best = (-1, 0, new(RouteWay.Nowhere, Reason: "there is no route for it"));
        foreach ((Family family, UInt128 network, int length, uint metric, RouteAnswer answer) in _routes)
        {
            int rank = answer.Way is RouteWay.Local ? length + 129 : length; // the kernel looks among its own addresses first
            int free = (family.AddressSize * 8) - length;
            if (family == packet.Family && (free >= 128 ? 0 : destination >> free) == (free >= 128 ? 0 : network >> free)
                && (rank > best.Rank || (rank == best.Rank && metric < best.Metric)))
            {
                best = (rank, metric, answer);
            }
        }

        return isLocal && best.Answer.Way is RouteWay.Local ? new(RouteWay.Out, "lo") : best.Answer;
    }

    private void Add(string[] words, int line)
    {
        RouteWay way = words[0] switch
        {
            "local" or "broadcast" or "anycast" => RouteWay.Local,
            "blackhole" or "unreachable" or "prohibit" or "throw" => RouteWay.Nowhere,
            _ => RouteWay.Out,
        };
        int at = way is RouteWay.Out && words[0] is not ("unicast" or "multicast") ? 0 : 1;
        string network = at < words.Length ? words[at] : "";
        string device = After(words, "dev") ?? "";
        RouteAnswer answer = way is RouteWay.Nowhere ? new(way, Reason: $"its route is {words[0]}") : new(way, way is RouteWay.Out ? device : "");
        uint metric = uint.TryParse(After(words, "metric"), CultureInfo.InvariantCulture, out uint number) ? number : 0;
        if (network == "default")
        {
            bool isOfIPv6 = (After(words, "via") ?? After(words, "src") ?? "").Contains(':') || (After(words, "via") is null && metric == 1024);
            _routes.Add((isOfIPv6 ? Family.IPv6 : Family.IPv4, 0, 0, metric, answer));
            return;
        }

        string[] parts = network.Split('/');
        Family family = network.Contains(':') ? Family.IPv6 : Family.IPv4;
        int length = family.AddressSize * 8;
        Span<byte> address = stackalloc byte[16];
        address.Clear();
        ReadOnlySpan<byte> text = Encoding.UTF8.GetBytes(parts[0]);
        bool isAddress = family.HasColonsInAddresses ? AddressText.TryParseIPv6(text, address) : AddressText.TryParseIPv4(text, address[12..]);
        if (!isAddress || parts.Length > 2 || (parts.Length == 2 && (!int.TryParse(parts[1], CultureInfo.InvariantCulture, out length) || length < 0 || length > family.AddressSize * 8)))
        {
            throw new FormatException($"line {line} of the routes: {network} is no network");
        }

        _routes.Add((family, BinaryPrimitives.ReadUInt128BigEndian(address), length, metric, answer));
    }

    private static string? After(string[] words, string name)
    {
        int at = Array.IndexOf(words, name);
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : null;
    }
}
