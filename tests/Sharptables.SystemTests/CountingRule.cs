using Xunit;

namespace Sharptables.SystemTests;

/// <summary>The rule that the last of some commands (see <see cref="Lab.Run"/>) adds, and whether it counts a packet.</summary>
internal sealed class CountingRule
{
    private readonly Lab _lab;
    private readonly string _table;
    private readonly string _chain;
    private readonly int _index;
    private long[] _counters;

    /// <summary>Runs the commands.</summary>
    public CountingRule(Lab lab, string commands)
    {
        string[] words = commands.Split(" ; ")[^1].Split(' ');
        _lab = lab;
        _table = words.Contains("-t") ? words[Array.IndexOf(words, "-t") + 1] : "filter";
        _chain = words[Array.IndexOf(words, "-A") + 1];
        lab.Run(commands);
        // Behind it one that counts everything, to tell when a packet has been through. Of what the router itself sends only UDP
        // is a test's.
        lab.Run($"-t {_table} -A {_chain}{(_chain == "OUTPUT" ? " -p udp" : "")}");
        _counters = lab.Counters(_table, _chain);
        _index = _counters.Length - 2;
    }

    /// <summary>Checks which of some packets the rule counts.</summary>
    /// <param name="ip">4 or 6.</param>
    /// <param name="commands">The last adds the rule.</param>
    /// <param name="packets">In the order they are sent: behind "+ " if the rule is to count it, else behind "- ".</param>
    public static void Check(int ip, string commands, string[] packets)
    {
        using var lab = new Lab(v6: ip == 6);
        Check(lab, commands, packets);
    }

    public static void Check(Lab lab, string commands, string[] packets)
    {
        var rule = new CountingRule(lab, commands);
        Assert.Equal(packets, packets.Select(packet => rule.Counts(packet[2..])).ToArray());
    }

    /// <summary>Sends a packet, the only one under way, and waits until it has been through the chain.</summary>
    /// <returns>It, behind "+ " if the rule has counted it, else behind "- ".</returns>
    public string Counts(string packet)
    {
        long[] before = _counters;
        _lab.Send(packet);
        bool arrived = Lab.Eventually(() => (_counters = _lab.Counters(_table, _chain))[^1] > before[^1]);
        Assert.True(arrived, $"'{packet}' never got to {_chain}");
        Assert.Equal(before[^1] + 1, _counters[^1]);
        return (_counters[_index] > before[_index] ? "+ " : "- ") + packet;
    }
}
