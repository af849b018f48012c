using System.Collections.Generic;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>What becomes of a packet, in one case.</summary>
/// <param name="Fate">What becomes of it; null if that is not known even then.</param>
/// <param name="By">The rule that decides, or null.</param>
/// <param name="Policy">The chain whose policy decides, or null.</param>
/// <param name="Reason">What decides if it is neither, in words; empty if nothing objects.</param>
/// <param name="Premises">What is taken for granted, in the order in which it was asked.</param>
/// <param name="Steps">Its way.</param>
/// <param name="Packet">The packet as it is at the end.</param>
internal sealed record Ending(
    Fate? Fate, AskedRule? By, AskedChain? Policy, string Reason, IReadOnlyList<Premise> Premises, IReadOnlyList<Step> Steps, Packet Packet)
{
    /// <summary>How many other cases there are in which the same happens.</summary>
    public int Others { get; init; }

    /// <summary>Whether it stands for other cases as well, in which the same happens and other rules may have counted.</summary>
    public bool IsJoined { get; init; }

    /// <summary>Whether it passes; null if that is not known.</summary>
    public bool? Passes => Fate switch
    {
        Packets.Fate.Accept => true,
        Packets.Fate.Drop or Packets.Fate.Reject => false,
        _ => null,
    };
}
