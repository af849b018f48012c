using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Packets;

/// <summary>
/// A rule, and whether it counts a packet. A rule after it counts everything, to show when a packet has passed.
/// </summary>
internal sealed class CountingRule
{
    private readonly Lab _lab;
    private readonly string _table;
    private readonly string _chain;
    private long[] _counters;

    private CountingRule(Lab lab, string table, string chain)
    {
        _lab = lab;
        _table = table;
        _chain = chain;
        _counters = lab.Counters(table, chain);
    }

    /// <summary>The rule that the last of some commands (see <see cref="Lab.Run"/>) adds.</summary>
    public static CountingRule Last(Lab lab, string commands)
    {
        string[] words = commands.Split(" ; ")[^1].Split(' ');
        string table = words.Contains("-t") ? words[Array.IndexOf(words, "-t") + 1] : "filter";
        string chain = words[Array.IndexOf(words, "-A") + 1];
        lab.Run(commands);
        lab.Run($"-t {table} {Everything(chain)}");
        return new CountingRule(lab, table, chain);
    }

    /// <summary>The rule of a <c>.spec</c>, instead of all others of its table, after another one that counts everything.</summary>
    public static CountingRule Alone(Lab lab, SpecCase rule)
    {
        // Words in quotes, with backslashes, are read as a shell reads them.
        IEnumerable<string> words = rule.Words()!.Select(static word => $"\"{word.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"");
        lab.Restore($"*{rule.Table}\n{Everything(rule.Chain)}\n-A {rule.Chain} {string.Join(' ', words)}\n{Everything(rule.Chain)}\nCOMMIT\n");
        return new CountingRule(lab, rule.Table, rule.Chain);
    }

    /// <summary>Checks which of some packets the rule counts, in a lab of its own.</summary>
    /// <param name="ip">4 or 6.</param>
    /// <param name="commands">The last adds the rule.</param>
    /// <param name="packets">In the order they are sent: behind "+ " if the rule is to count it, else behind "- ".</param>
    public static void Check(int ip, string commands, string[] packets)
    {
        using Lab lab = new(v6: ip == 6);
        Check(lab, commands, packets);
    }

    public static void Check(Lab lab, string commands, string[] packets)
    {
        CountingRule rule = Last(lab, commands);
        Assert.Equal(packets, packets.Select(packet => (rule.Counts(packet[2..]) ? "+ " : "- ") + packet[2..]).ToArray());
    }

    /// <summary>Sends a packet, the only one under way, and waits until it has been through the chain.</summary>
    /// <returns>Whether the rule has counted it.</returns>
    public bool Counts(string packet) => Counts(packet, () => _lab.Send(packet));

    /// <summary>Sends a packet, the only one under way, and waits until it has passed the chain, or its result has been received.</summary>
    /// <returns>Whether the rule has counted it.</returns>
    public bool Counts(SpecPacket packet)
    {
        if (packet.Heard is null)
        {
            return Counts(packet.Packet.Text, () => _lab.Send(packet.Packet));
        }

        long before = _counters[^2];
        _lab.Lan.Forget();
        _lab.Wan.Forget();
        _lab.Send(packet.Packet);
        _lab.Expect(packet.Heard);
        _counters = _lab.Counters(_table, _chain);
        return _counters[^2] > before;
    }

    /// <summary>Sends a packet, the only one under way, and waits until it has come to the rule.</summary>
    /// <returns>Whether it went no further, and the rule has not counted it.</returns>
    public bool Drops(SpecPacket packet)
    {
        long[] before = _counters;
        _lab.Send(packet.Packet);
        bool arrived = Lab.Eventually(() => _lab.Counters(_table, _chain)[^3] > before[^3]);
        Assert.True(arrived, $"'{packet.Packet}' never got to {_chain}");
        _counters = _lab.Counters(_table, _chain);
        return _counters[^2] == before[^2] && _counters[^1] == before[^1];
    }

    private bool Counts(string packet, Action send)
    {
        long[] before = _counters;
        send();
        bool arrived = Lab.Eventually(() => (_counters = _lab.Counters(_table, _chain))[^1] > before[^1]);
        Assert.True(arrived, $"'{packet}' never got to {_chain}");
        Assert.Equal(before[^1] + 1, _counters[^1]);
        return _counters[^2] > before[^2];
    }

    /// <summary>Of what the router itself sends, only UDP comes from tests.</summary>
    private static string Everything(string chain) => $"-A {chain}{(chain == "OUTPUT" ? " -p udp" : "")}";
}
