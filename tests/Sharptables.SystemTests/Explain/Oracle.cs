using System.Globalization;
using System.Text;
using Sharptables.Explain;
using Sharptables.Model;
using Sharptables.Packets;
using AskedPacket = Sharptables.Packets.Packet;
using Packet = Sharptables.Testing.Packet;

namespace Sharptables.SystemTests.Explain;

/// <summary>Compares what explain says of packets with what the kernel does with them.</summary>
/// <param name="v6">Whether they are of IPv6.</param>
/// <param name="overNft">Whether the rules are those of nf_tables.</param>
internal sealed class Oracle(bool v6, bool overNft) : IDisposable
{
    private readonly OracleRouter _router = new(v6, overNft);
    private readonly LabRoutes _routes = new(v6);

    /// <summary>How many packets explain was asked about.</summary>
    public int Asked { get; private set; }

    /// <summary>Of those, the ones of which it did not know what becomes of them.</summary>
    public int Unknown { get; private set; }

    /// <summary>Why it did not know, and how often.</summary>
    public Dictionary<string, int> Reasons { get; } = [];

    /// <summary>Sends packets through rules.</summary>
    /// <returns>The first packet of which explain says something else than the kernel, and what; or null.</returns>
    public (SentPacket Packet, string Text)? Difference(GeneratedRules rules, IReadOnlyList<SentPacket> packets)
    {
        AskedTables tables = _router.Load(rules, packets.SelectMany(static packet => packet.Before));
        Walk walk = new(tables, _routes) { Assumed = [("its connection's addresses are mapped", false)] };
        foreach (SentPacket sent in packets)
        {
            Packet packet = new(sent.Words, v6);
            Explanation explanation = walk.Explain(Told(sent, packet), packet.In is null);
            bool isKnown = explanation is { IsWhole: true, Endings: [{ Fate: not null, Premises.Count: 0, IsJoined: false, Others: 0 }] };
            string? Why(Observation seen) => explanation.Endings.Count == 0 ? "explain says nothing" : isKnown
                ? Uncounted(explanation.Endings[0], seen) ?? Otherwise(explanation.Endings[0], packet, seen)
                : explanation.Endings.Select(ending => Otherwise(ending, packet, seen)).FirstOrDefault(static why => why is null, "none of the cases");
            Observation seen = _router.Observe(packet, seen => Why(seen) is null);
            Asked++;
            if (!isKnown)
            {
                Unknown++;
                string why = WhyNot(explanation);
                Reasons[why] = Reasons.GetValueOrDefault(why) + 1;
            }

            if (Why(seen) is { } difference)
            {
                return (sent, $"{difference}\n{Tell(seen)}{Tell(explanation)}");
            }
        }

        return null;
    }

    public void Dispose() => _router.Dispose();

    private static string WhyNot(Explanation explanation)
    {
        foreach (Ending ending in explanation.Endings)
        {
            if (ending.Premises is [var first, ..])
            {
                return $"{first.Condition?.Field.Name} {first.DependsOn} {string.Join(' ', first.Text.Split(' ').Take(3))}";
            }
        }

        return explanation.Endings is [{ By: { } rule }] ? rule.Text[rule.Text.IndexOf("-j", StringComparison.Ordinal)..] : "other";
    }

    /// <summary>The packet, and what is known of it.</summary>
    private AskedPacket Told(SentPacket sent, Packet packet)
    {
        AskedPacket told = new(packet.Bytes) { Machine = _routes };
        told[Field.Meta.Mark] = packet.In is null ? 0 : packet.Mark;
        told[Field.Meta.PacketType] = 0; // PACKET_HOST
        if (packet.In is { } name)
        {
            told[Field.Meta.InInterface] = InterfaceNumber.Of(name);
            told[Field.Ether.Source] = Number(packet.SourceMac);
        }
        else
        {
            told[Field.Meta.User] = 0;
            told[Field.Meta.Group] = 0;
        }

        told[Field.Ct.State] = sent.State;
        if (sent.State is SentPacket.Established or SentPacket.Related)
        {
            Packet first = new(sent.Before[0], v6);
            AskedPacket original = new(first.Bytes);
            told[Field.Ct.Mark] = 0;
            told[Field.Ct.Direction] = sent.IsReply ? 1u : 0;
            told[Field.Ct.Protocol] = original.Protocol!.Value;
            told[Field.Ct.OriginalSource] = told[Field.Ct.ReplyDestination] = Number(first.Source.GetAddressBytes());
            told[Field.Ct.OriginalDestination] = told[Field.Ct.ReplySource] = Number(first.Destination.GetAddressBytes());
            if (original.Protocol is 6 or 17)
            {
                told[Field.Ct.OriginalSourcePort] = told[Field.Ct.ReplyDestinationPort] = first.SourcePort;
                told[Field.Ct.OriginalDestinationPort] = told[Field.Ct.ReplySourcePort] = first.DestinationPort;
            }
            else
            {
                told[Field.Ct.OriginalSourcePort] = told[Field.Ct.ReplySourcePort] = original.Find(Field.Icmp.Identifier)!.Value;
                told[Field.Ct.OriginalDestinationPort] = original.Find(Field.Port.Source)!.Value; // type and code
                told[Field.Ct.ReplyDestinationPort] = v6 ? 129u << 8 : 0;
            }
        }

        return told;
    }

    private static UInt128 Number(ReadOnlySpan<byte> bytes)
    {
        UInt128 number = 0;
        foreach (byte next in bytes)
        {
            number = (number << 8) | next;
        }

        return number;
    }

    /// <summary>The rules that counted other than explain says, or null.</summary>
    private static string? Uncounted(Ending ending, Observation seen)
    {
        Dictionary<string, (int Sure, int Unsure)> said = [];
        foreach (Step.Takes takes in ending.Steps.OfType<Step.Takes>())
        {
            string key = Observation.Key(takes.Rule.Chain.Table.Name, takes.Rule.Chain.Name, takes.Rule.Number);
            (int sure, int unsure) = said.GetValueOrDefault(key);
            said[key] = takes.IsSure ? (sure + 1, unsure) : (sure, unsure + 1);
        }

        foreach (string key in said.Keys.Union(seen.Counted.Keys))
        {
            (int sure, int unsure) = said.GetValueOrDefault(key);
            int counted = seen.Counted.GetValueOrDefault(key);
            if (counted < sure || counted > sure + unsure)
            {
                return $"{key} counted {counted}, and not {sure}";
            }
        }

        return null;
    }

    /// <summary>What became of a packet other than an ending says, or null.</summary>
    private static string? Otherwise(Ending ending, Packet packet, Observation seen)
    {
        int answers = seen.Heard.Count(static heard => heard.Place == "answer");
        (string Place, byte[] Packet, uint Mark) last = seen.Heard.LastOrDefault(static heard => heard.Place != "answer");
        bool hasCome = last.Place is not (null or "lo");
        switch (ending.Fate)
        {
            case Fate.Accept when !hasCome:
                return "it did not pass";
            case Fate.Accept:
                string? place = ending.Packet.Find(Field.Meta.OutInterface) is { } number ? number == 0 ? "in" : InterfaceNumber.NameOf(number) : null;
                return place is not null && place != last.Place ? $"it went to {last.Place}, and not to {place}" : Changed(ending.Packet, last.Packet, last.Mark);
            case Fate.Drop when hasCome || (answers > 0 && ending.Reason.Length == 0):
                return hasCome ? $"it went to {last.Place}" : "it was answered";
            case Fate.Reject when hasCome || (answers != 1 && !(answers == 0 && MayBeUnanswered(packet))):
                return hasCome ? $"it went to {last.Place}" : $"it was answered {answers} times";
            default:
                return null;
        }
    }

    /// <summary>Errors are not answered, nor are resets.</summary>
    private static bool MayBeUnanswered(Packet packet) => packet.Text.Contains("type=", StringComparison.Ordinal) || packet.Text.Contains("rst", StringComparison.Ordinal);

    /// <summary>A field that has another value than explain says, or null.</summary>
    private static string? Changed(AskedPacket said, byte[] bytes, uint mark)
    {
        AskedPacket real = new(bytes);
        real[Field.Meta.Mark] = mark;
        bool hasPorts = real.Protocol is 6 or 17, isKnown = true;
        ReadOnlySpan<Field> fields =
        [
            Field.Meta.Mark, Field.Ip.Source, Field.Ip.Destination, Field.Ip.HopLimit, Field.Ip.CodePoint, Field.Ip.Congestion,
            .. hasPorts ? (ReadOnlySpan<Field>)[Field.Port.Source, Field.Port.Destination] : [],
        ];
        foreach (Field field in fields)
        {
            UInt128 its = real.Find(field)!.Value;
            if (said.Find(field) is null)
            {
                isKnown = false;
            }

            if (said.Find(field) is { } value ? value != its : said.PossibleOf(field).Ask(Values.Only(its)) is Answer.No)
            {
                return $"{field.In(said.Family).Name} became 0x{its:x}, and not {(said.Find(field) is { } other ? $"0x{other:x}" : "one of those")}";
            }
        }

        return isKnown && !WithoutSums(said.Bytes, real.Protocol).SequenceEqual(WithoutSums(bytes, real.Protocol)) ? "other bytes of it are changed" : null;
    }

    /// <summary>A packet without its checksums; of an ICMP message without the packet that it is about, which is mapped with its connection.</summary>
    private static byte[] WithoutSums(ReadOnlySpan<byte> packet, byte? protocol)
    {
        byte[] bytes = packet.ToArray();
        bool is4 = bytes[0] >> 4 == 4;
        int transport = is4 ? (bytes[0] & 15) * 4 : 40;
        if (is4)
        {
            bytes.AsSpan(10, 2).Clear();
        }

        bytes.AsSpan(transport + (protocol switch { 6 => 16, 17 => 6, _ => 2 }), 2).Clear();
        return protocol is 6 or 17 ? bytes : bytes[..(transport + 8)];
    }

    private string Tell(Observation seen)
    {
        StringBuilder text = new("  the kernel:\n");
        foreach ((string rule, int times) in seen.Counted)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"    {rule} counted {times}\n");
        }

        foreach ((string place, byte[] packet, uint mark) in seen.Heard)
        {
            string words = FrameText(packet);
            _ = text.Append(CultureInfo.InvariantCulture, $"    {place}: {words} mark=0x{mark:x}\n");
        }

        return text.ToString();
    }

    private string FrameText(byte[] packet) => SystemTests.Packets.FrameText.Describe([.. new byte[12], .. v6 ? (ReadOnlySpan<byte>)[0x86, 0xdd] : [8, 0], .. packet]) ?? "";

    private static string Tell(Explanation explanation)
    {
        StringBuilder text = new();
        foreach (Ending ending in explanation.Endings)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"  explain: {ending.Fate?.ToString() ?? "unknown"} {ending.By?.Text} {ending.Policy?.Name} {ending.Reason}\n");
            foreach (Premise premise in ending.Premises)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"    if {premise}\n");
            }

            foreach (Step step in ending.Steps)
            {
                _ = text.Append(step switch
                {
                    Step.Enters enters => $"    {enters.Chain.Table.Name} {enters.Chain.Name}\n",
                    Step.Takes takes => $"      {(takes.IsSure ? "" : "perhaps ")}{takes.Rule.Number} {takes.Rule.Text}: {string.Join(", ", takes.Changes)}\n",
                    Step.Policy policy => $"      policy {policy.Verdict}\n",
                    Step.Notes notes => $"    {notes.Text}\n",
                    _ => "",
                });
            }
        }

        return text.ToString();
    }
}
