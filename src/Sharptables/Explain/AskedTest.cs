using System;
using Sharptables.Extensions;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>What a rule asks of a packet by its head, or by one match.</summary>
/// <param name="extension">The head, as a match, or the match.</param>
/// <param name="payload">Its payload, in the newest layout.</param>
internal sealed class AskedTest(Extension extension, byte[] payload)
{
    public Extension Extension => extension;

    public ReadOnlySpan<byte> Payload => payload;

    /// <summary>Whether a packet passes, and the option that decides if it does not; null if that is the match as a whole.</summary>
    public Answer Ask(Packet packet, out Option? by) => extension.Ask(payload, packet, out by);
}
