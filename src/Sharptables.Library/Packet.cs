using System;

namespace Sharptables;

/// <summary>A packet to ask about: see <see cref="RuleSet.Explain"/>. What is not said of it is not known.</summary>
public sealed class Packet
{
    /// <summary>Makes one of the words that rules have for packets.</summary>
    /// <param name="words">
    /// The words, such as <c>-i wan0 -s 203.0.113.5 -p tcp --dport 22 --ctstate NEW</c>. A match need not be named for its options.
    /// </param>
    public Packet(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        Words = words;
    }

    /// <summary>Makes one of its bytes.</summary>
    /// <param name="bytes">From the header of IPv4 or IPv6 on.</param>
    /// <param name="words">What else is known of it, in words: the interface that it came in by, the state of its connection.</param>
    public Packet(ReadOnlySpan<byte> bytes, string words = "")
        : this(words) => Bytes = bytes.ToArray();

    /// <summary>Its bytes, from the IP header on; empty if only words tell it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The words that tell it.</summary>
    public string Words { get; }

    /// <summary>Which way it takes.</summary>
    public PacketRoute Route { get; init; }
}
