using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Explain;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>A question what becomes of a packet, or of several that were captured.</summary>
/// <param name="words">The words of the question.</param>
/// <param name="rules">The rules that it is about.</param>
internal sealed class PacketQuestion(ExplainWords words, AskedRules rules)
{
    /// <summary>The answers, one for each packet.</summary>
    /// <exception cref="UsageException">The words are wrong, or say what no packet is.</exception>
    /// <exception cref="FormatException">A file cannot be read.</exception>
    public IEnumerable<Explanation> Answers()
    {
        IRoutes? own = words.Routes is { } file ? RoutesFile.Parse(Encoding.UTF8.GetString(AskedFile.Read(file))) : null;
        using KernelRoutes? kernel = own is null && words.Rules is null && words.Way is PacketWay.Asked or PacketWay.FromHere ? new() : null;
        AskedMachine machine = new(rules.Extensions.Names, own ?? kernel, words.Sets is { } sets ? AskedFile.Read(sets) : null, words.Rules is null) { Time = words.Time };
        foreach (Packet packet in Packets())
        {
            packet.Machine = machine;
            if (packet.Family != rules.Tables.Family)
            {
                throw new FormatException($"the packet is of {packet.Family}, and the rules are of {rules.Tables.Family}");
            }

            new PacketWords(rules.Extensions).Tell(words.Packet, packet);
            Walk walk = new(rules.Tables, RoutesFor(packet, own ?? kernel)) { ShowsAll = words.IsVerbose, Assumed = words.Assumed };
            Explanation explanation = walk.Explain(packet, words.Way is PacketWay.FromHere);
            yield return explanation.Endings.Count > 0 ? explanation : throw new UsageException("what is assumed contradicts what is said of the packet");
        }
    }

    private IEnumerable<Packet> Packets()
    {
        if (words.Capture is null && !words.ReadsHex)
        {
            yield return new Packet(rules.Tables.Family);
            yield break;
        }

        List<CapturedPacket> captured = words.ReadsHex ? [CaptureFile.ReadHex(Encoding.Latin1.GetString(AskedFile.ReadInput()))] : CaptureFile.Read(AskedFile.Read(words.Capture!));
        if (captured.Count == 0 || words.Number > captured.Count)
        {
            throw new FormatException(captured.Count == 0 ? "there is no packet of IPv4 or IPv6 in it" : $"there are only {captured.Count} packets in it");
        }

        for (int i = 0; i < captured.Count; i++)
        {
            if (words.Number == 0 || words.Number == i + 1)
            {
                Packet packet;
                try
                {
                    packet = new(captured[i].Bytes);
                }
                catch (FormatException e)
                {
                    throw new FormatException($"packet {i + 1}: {e.Message}");
                }

                if (captured[i].SourceMac is [_, ..] mac)
                {
                    packet[Field.Ether.Source] = Convert.ToUInt64(Convert.ToHexString(mac), 16);
                }

                yield return packet;
            }
        }
    }

    /// <summary>What decides where the packet is sent: what is said of it, then the routes.</summary>
    private IRoutes RoutesFor(Packet packet, IRoutes? routes)
    {
        string? name = packet.Find(Field.Meta.OutInterface) is { } number ? InterfaceNumber.NameOf(number) : null;
        return words.Way is PacketWay.ToHere ? new GivenRoutes(new(RouteWay.Local))
            : words.Way is PacketWay.Through || name is not null ? new GivenRoutes(new(RouteWay.Out, name ?? ""))
            : routes ?? new GivenRoutes(new(words.Way is PacketWay.FromHere ? RouteWay.Out : RouteWay.Unknown));
    }
}
