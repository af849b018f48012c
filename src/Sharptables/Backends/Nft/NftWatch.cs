using System;
using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>Watches the tables of a family for changes.</summary>
/// <param name="family">The family's number (<c>NFPROTO_*</c>).</param>
internal sealed class NftWatch(byte family) : IDisposable
{
    private readonly NftEvents _events = new(changes: true, traces: false);

    /// <summary>Forgets the changes until now.</summary>
    public void Forget() => HasSeenChange(default);

    /// <summary>
    /// Whether something in a table has changed since this was last asked. A table or chain anywhere in the family counts, too: those are listed
    /// together, and a list of which one goes in the middle may lack others.
    /// </summary>
    public bool HasSeenChange(ReadOnlySpan<byte> table)
    {
        bool hasSeen = false;
        while (true)
        {
            try
            {
                if (!_events.TryReceive())
                {
                    return hasSeen;
                }
            }
            catch (KernelException e) when (e.Errno == Errno.ENOBUFS)
            {
                hasSeen = true; // there were more than could wait
                continue;
            }

            while (_events.Next(out ushort type, out byte of, out ReadOnlySpan<byte> attributes))
            {
                hasSeen |= of == family && (
                    type is NfTables.Message.NewTable or NfTables.Message.DeleteTable or NfTables.Message.NewChain or NfTables.Message.DeleteChain
                    || NetlinkAttributes.FindText(attributes, NfTables.Rule.Table).SequenceEqual(table));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _events.Dispose();
}
