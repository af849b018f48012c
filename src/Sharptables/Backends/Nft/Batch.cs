using System;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Backends.Nft;

/// <summary>The messages of a batch, one behind another, and what is said of those that the kernel refuses.</summary>
/// <param name="to">Where they are written.</param>
/// <param name="family">The number of the family.</param>
/// <param name="refusals">When the same batch was refused: what the kernel said.</param>
internal sealed class Batch(NetlinkWriter to, byte family, IReadOnlyList<NetlinkRefusal> refusals)
{
    /// <summary>What it is called to set counters to zero.</summary>
    public const string Zeroing = "CHAIN_ZERO";

    /// <summary>The sequence number of the message that begins the batch: the kernel refuses it when the tables have changed.</summary>
    public const uint FirstSequence = 0;

    private const int Frames = 2; // the messages that begin and end a batch

    private uint _sequence;

    /// <summary>Where the attributes of a message are written.</summary>
    public NetlinkWriter To => to;

    /// <summary>Whether there is anything in the batch.</summary>
    public bool IsEmpty => _sequence <= Frames;

    /// <summary>Whether all it does is to set counters to zero, which is right whatever others have changed.</summary>
    public bool OnlyZeroes { get; private set; } = true;

    /// <summary>Of the messages that were refused, what each was to change.</summary>
    public List<NftRefusal> Refused { get; } = [];

    /// <summary>Begins the batch.</summary>
    /// <param name="generation">The number of the last change that it goes by.</param>
    public void Begin(uint generation) => to.BeginBatch(_sequence++, generation);

    /// <summary>Begins a message that changes something.</summary>
    /// <param name="type">The message.</param>
    /// <param name="flags"><c>NLM_F_*</c>.</param>
    /// <param name="what">What it does, in iptables' words.</param>
    /// <param name="subject">What it does it to, before its name.</param>
    /// <param name="name">The name.</param>
    /// <param name="line">The line of input that it comes from; 0 without one.</param>
    public void Begin(ushort type, ushort flags, string what, string subject, ReadOnlySpan<byte> name, int line = 0)
    {
        foreach (NetlinkRefusal refusal in refusals)
        {
            if (refusal.Sequence == _sequence)
            {
                Refused.Add(new NftRefusal(what, refusal.Errno, subject + MessageText.Of(name), line, refusal.Reason));
            }
        }

        OnlyZeroes &= what == Zeroing;
        to.Begin(type, (ushort)(NetlinkSocket.RequestFlag | flags), _sequence++, family, note: line);
    }

    /// <summary>Ends the batch.</summary>
    public void End() => to.EndBatch(_sequence++);
}
