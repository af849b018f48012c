using System.Text;
using Sharptables.Extensions;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Testing;
using Sharptables.Tests.Formats.Iptables;
using Sharptables.Text;
using Packet = Sharptables.Packets.Packet;

namespace Sharptables.Tests.Packets;

/// <summary>A rule of a <c>.spec</c> whose matches are nothing but conditions on fields, as their options declare them.</summary>
internal sealed record DeclaredRule(Family Family, ushort Protocol, IReadOnlyList<(Extension Match, byte[] Payload)> Matches)
{
    public static IReadOnlyList<DeclaredRule> All { get; } = [.. SpecFile.Cases.Where(static c => c.IsWellFormed).Select(Read).OfType<DeclaredRule>()];

    /// <summary>The case that it is from.</summary>
    public SpecCase? Case { get; private init; }

    /// <summary>The conditions, match for match.</summary>
    public IReadOnlyList<Condition> Conditions
    {
        get
        {
            List<Condition> all = [];
            foreach ((Extension match, byte[] payload) in Matches)
            {
                all.AddRange(match.ConditionsIn(payload, Family, out _));
            }

            return all;
        }
    }

    /// <summary>Whether it asks who owns the packet's socket, which a packet from elsewhere has none of.</summary>
    public bool AsksForSocket => Conditions.Any(static condition =>
        condition.Field is MetaField { Key: MetaKey.Skuid or MetaKey.Skgid or MetaKey.Cgroup });

    /// <summary>Reads a rule as it is typed; null if some match of it is more than conditions on fields.</summary>
    public static DeclaredRule? Read(IEnumerable<string> words, Family family, string table = "filter", string chain = "INPUT")
    {
        using TableUnderTest test = new(table, family);
        test.Run(["-A", chain, .. words]);
        List<(Extension, byte[])> matches = [];
        foreach (Rule rule in test.Table.Rules(test.Table.Get(Encoding.ASCII.GetBytes(chain))))
        {
            foreach (ExtensionRecord record in rule)
            {
                Extension? match = test.Extensions.Find(record, isTarget: false, new byte[2048], out ReadOnlySpan<byte> payload);
                if (match is null || match.Options.All(static option => option.Of is null) || match.Options.Any(option => option.Of?.In(family) is WordField))
                {
                    return null;
                }

                _ = match.ConditionsIn(payload, family, out bool areAll);
                if (!areAll)
                {
                    return null;
                }

                matches.Add((match, payload.ToArray()));
            }

            return matches.Count == 0 ? null : new(family, rule.Protocol, matches);
        }

        return null;
    }

    /// <summary>The answer of all matches; of the rule's head only the protocol is tested.</summary>
    public Answer Ask(Packet packet) =>
        Protocol != 0 && Protocol != packet.Protocol ? Answer.No : Matches.Select(match => match.Match.Ask(match.Payload, packet)).Min();

    /// <inheritdoc/>
    public override string ToString() => $"{Case}";

    private static DeclaredRule? Read(SpecCase each)
    {
        try
        {
            return each.Words() is { } words && Read(words, each.IsIPv6 ? Family.IPv6 : Family.IPv4, each.Table, each.Chain) is { } rule
                ? rule with { Case = each }
                : null;
        }
        catch (UsageException)
        {
            return null; // It needs a set of the kernel, or the like.
        }
    }
}
