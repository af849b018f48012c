using System;
using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>Hears of what changes in nf_tables, and of what becomes of packets that are traced.</summary>
internal sealed class NftEvents : IDisposable
{
    private readonly NetlinkSocket _socket = new(NetlinkSocket.Netfilter);

    /// <param name="changes">Whether to hear of changes.</param>
    /// <param name="traces">Whether to hear of packets.</param>
    /// <exception cref="KernelException">The kernel has no nf_tables, or this process may not.</exception>
    public NftEvents(bool changes, bool traces) =>
        _socket.Subscribe((changes ? NfTables.Group.Changes : 0) | (traces ? NfTables.Group.Traces : 0));

    /// <summary>Waits for events; <see cref="Next"/> gives those that have come.</summary>
    /// <exception cref="KernelException">ENOBUFS: some were lost.</exception>
    public void Wait() => _socket.WaitForEvents();

    /// <summary>Receives the events that have come, if there are any; <see cref="Next"/> gives them.</summary>
    /// <exception cref="KernelException">ENOBUFS: some were lost.</exception>
    public bool TryReceive() => _socket.TryReceiveEvents();

    /// <summary>Gives the next event, until another is asked for.</summary>
    /// <param name="type">What it is: <see cref="NfTables.Message"/>.</param>
    /// <param name="family">The number of the family.</param>
    /// <param name="attributes">The attributes of the object.</param>
    /// <returns>Whether there was one more.</returns>
    public bool Next(out ushort type, out byte family, out ReadOnlySpan<byte> attributes)
    {
        bool isThere = _socket.NextEvent(out type, out ReadOnlySpan<byte> message) && message.Length >= NfTables.HeadSize;
        family = isThere ? message[0] : (byte)0;
        attributes = isThere ? message[NfTables.HeadSize..] : default;
        return isThere;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
