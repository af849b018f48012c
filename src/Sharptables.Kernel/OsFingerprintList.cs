using System;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>
/// The kernel's list of fingerprints for <c>-m osf</c>. There is one list for the whole machine, whatever network namespace it is
/// changed from, and it cannot be read back. Needs CAP_NET_ADMIN.
/// </summary>
internal sealed unsafe class OsFingerprintList : IDisposable
{
    private const int Subsystem = 5; // NFNL_SUBSYS_OSF, linux/netfilter/nfnetlink.h
    private const int AddMessage = 0; // OSF_MSG_ADD, linux/netfilter/nfnetlink_osf.h
    private const int RemoveMessage = 1;
    private const ushort FingerprintAttribute = 1; // OSF_ATTR_FINGER
    private const int AttributeAt = 4; // after struct nfgenmsg

    private readonly NetlinkSocket _socket = new(NetlinkSocket.Netfilter);

    /// <summary>Adds a fingerprint; adding one twice has no effect.</summary>
    /// <exception cref="KernelException">The kernel refuses it.</exception>
    public void Add(in OsFingerprint fingerprint) => Send(AddMessage, NetlinkSocket.CreateFlag, fingerprint);

    /// <summary>Removes a fingerprint that is equal in every field.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="KernelException">The kernel refuses.</exception>
    public bool Remove(in OsFingerprint fingerprint)
    {
        try
        {
            Send(RemoveMessage, 0, fingerprint);
            return true;
        }
        catch (KernelException e) when (e.Errno == Errno.ENOENT)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Send(int message, ushort flags, in OsFingerprint fingerprint)
    {
        Body body = new()
        {
            AttributeLength = (ushort)(sizeof(Body) - AttributeAt),
            AttributeType = FingerprintAttribute,
            Fingerprint = fingerprint,
        };
        _socket.Request((ushort)((Subsystem << 8) | message), flags, MemoryMarshal.AsBytes(new ReadOnlySpan<Body>(in body)));
    }

    /// <summary>What follows the netlink header: <c>struct nfgenmsg</c> and one <c>struct nlattr</c> with its value.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Body
    {
        public uint General; // struct nfgenmsg, all zero: family unspecified
        public ushort AttributeLength;
        public ushort AttributeType;
        public OsFingerprint Fingerprint;
    }
}
