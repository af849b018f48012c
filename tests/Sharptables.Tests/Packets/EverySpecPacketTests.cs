using System.Text;
using Sharptables.Explain;
using Sharptables.Extensions;
using Sharptables.Formats.Nft;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Testing;
using Sharptables.Tests.Formats.Iptables;
using Sharptables.Text;
using Xunit;
using Packet = Sharptables.Packets.Packet;

namespace Sharptables.Tests.Packets;

/// <summary>
/// Every packet of every <c>.spec</c>: the system tests send them through the kernel, and here each rule is asked whether it takes them. It must say what
/// the kernel does, or that it does not know.
/// </summary>
public sealed class EverySpecPacketTests
{
    /// <summary>The matches that may not know, and why.</summary>
    private static readonly Dictionary<string, string> s_unknown = new()
    {
        ["cgroup"] = "a packet that comes in may have a socket already when it meets INPUT",
        ["connbytes"] = "what the connection has carried is not among the packet's fields",
        ["connlabel"] = "labels are not among the packet's fields",
        ["connlimit"] = "it counts other connections",
        ["limit"] = "it counts packets",
        ["physdev"] = "whether an interface is a bridge's port is not known of a packet that came in by one",
        ["policy"] = "IPsec's policies are the kernel's",
        ["quota"] = "it counts bytes",
        ["recent"] = "it asks for addresses that were seen before",
        ["rpfilter"] = "it asks for routes",
        ["socket"] = "it asks for sockets",
    };

    private static readonly IReadOnlyList<(SpecCase Case, SpecPacket Packet, Answer Answer, string By)> s_asked = Ask();

    [Fact]
    public void A_rule_takes_and_leaves_the_packets_that_the_kernel_does()
    {
        string[] wrong = [.. s_asked.Where(static each => each.Answer is not Answer.Unknown && each.Answer != Expected(each.Packet))
            .Select(static each => $"{each.Case}\n    {each.Packet}: {each.Answer} ({each.By})")];
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {s_asked.Count} wrong:\n{string.Join("\n", wrong)}");
        Assert.True(s_asked.Count > 500, $"only {s_asked.Count} packets");
    }

    [Fact]
    public void Only_these_matches_do_not_know()
    {
        string[] unknown = [.. s_asked.Where(static each => each.Answer is Answer.Unknown).Select(static each => each.By).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(string.Join(' ', s_unknown.Keys.Order(StringComparer.Ordinal)), string.Join(' ', unknown));
    }

    private static Answer Expected(SpecPacket packet) => packet.Fate switch { '+' => Answer.Yes, 'x' => Answer.Dropped, _ => Answer.No };

    private static List<(SpecCase Case, SpecPacket Packet, Answer Answer, string By)> Ask()
    {
        List<(SpecCase Case, SpecPacket Packet, Answer Answer, string By)> asked = [];
        foreach (SpecCase each in SpecFile.Cases.Where(static c => c.Packets.Count > 0))
        {
            Family family = each.IsIPv6 ? Family.IPv6 : Family.IPv4;
            KeptNames names = new(SystemNames.Instance);
            Router router = new(names, SpecFile.Cases.Where(c => c.File == each.File && c.Family == each.Family && c.Line <= each.Line).SelectMany(static c => c.Setup).Distinct());
            using TableUnderTest test = new(each.Table, family, names: names);
            test.Run(["-A", each.Chain, .. each.Words()!]);
            foreach (Rule rule in test.Table.Rules(test.Table.Get(Encoding.ASCII.GetBytes(each.Chain))))
            {
                List<(Extension Match, byte[] Payload)> tests = [(test.Extensions.Head.Match, rule.Conditions.ToArray())];
                foreach (ExtensionRecord record in rule)
                {
                    tests.Add((test.Extensions.Find(record, isTarget: false, new byte[Extension.LargestPayload], out ReadOnlySpan<byte> payload)!, payload.ToArray()));
                }

                foreach (SpecPacket packet in each.Packets)
                {
                    Packet known = SpecPacketTests.Known(packet.Packet, router);
                    known[Field.Meta.InInterface] = packet.Packet.In is { } from ? InterfaceNumber.Of(from) : 0;
                    known[Field.Meta.OutInterface] = packet.Packet.Out is { } to ? InterfaceNumber.Of(to) : 0;
                    known.Hook = each.Chain switch { "PREROUTING" => Hooks.PreRouting, "INPUT" => Hooks.Input, "FORWARD" => Hooks.Forward, "OUTPUT" => Hooks.Output, _ => Hooks.PostRouting };
                    if (packet.Packet.In is not null)
                    {
                        known[Field.Ether.Source] = SpecPacketTests.Number(packet.Packet.SourceMac);
                        known[Field.Ether.Destination] = SpecPacketTests.Number(packet.Packet.DestinationMac);
                        foreach (Field owned in (Field[])[Field.Meta.User, Field.Meta.Group, Field.Meta.ControlGroup])
                        {
                            known.Know(owned, new Possible(owned.Greatest)); // it has no socket
                        }
                    }

                    (Answer answer, string by) = tests.Select(one => (one.Match.Ask(one.Payload, known), one.Match.Name)).MinBy(static one => one.Item1);
                    asked.Add((each, packet, answer, by));
                }
            }
        }

        return asked;
    }

    /// <summary>The router of the system tests.</summary>
    private sealed class Router(KeptNames names, IEnumerable<string> commands) : IMachine
    {
        private readonly IpSets _sets = IpSets.Parse(string.Join('\n', commands.Where(static each => each.StartsWith("ipset ", StringComparison.Ordinal))
            .Select(static each => each["ipset ".Length..].Replace("-exist ", "", StringComparison.Ordinal).Trim())
            .Where(static each => each.StartsWith("create ", StringComparison.Ordinal) || each.StartsWith("add ", StringComparison.Ordinal))));

        public DateTimeOffset? Now => DateTimeOffset.UtcNow;

        public int? TypeOf(Family family, UInt128 address, UInt128? device)
        {
            string text = new System.Net.IPAddress(Bytes(address)[(family == Family.IPv4 ? 12 : 0)..]).ToString();
            string? local = text switch { "192.168.1.1" or "fd00:1::1" => "LAN1", "203.0.113.1" or "fd00:2::1" => "WAN1", _ => null };
            return local is not null && (device is null || device == InterfaceNumber.Of(local)) ? 2 : text is "192.168.1.255" or "203.0.113.255" ? 3 : 1;
        }

        public IpSet? FindSet(ushort number) => _sets.Find(Encoding.ASCII.GetString(names.SetName(number)))?.Asked;

        private static byte[] Bytes(UInt128 number)
        {
            byte[] bytes = new byte[16];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
            return bytes;
        }
    }
}
