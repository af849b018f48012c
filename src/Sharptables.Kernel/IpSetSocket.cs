using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Sharptables.Kernel.KernelException;

namespace Sharptables.Kernel;

/// <summary>
/// The socket option that translates between names and numbers of IP sets (linux/netfilter/ipset/ip_set.h, "Interface to
/// iptables/ip6tables"): rules in the kernel hold the numbers.
/// </summary>
internal sealed unsafe class IpSetSocket : IDisposable
{
    /// <summary><c>IPSET_MAXNAMELEN</c>: the longest name of a set and its NUL.</summary>
    public const int NameSize = 32;

    /// <summary><c>IPSET_INVALID_ID</c>.</summary>
    public const ushort NoSet = 0xffff;

    private const int SoIpSet = 83;
    private const uint OperationGetByIndex = 7;
    private const uint OperationGetFamily = 8;

    // Version 6 came with Linux 2.6.39, and every kernel since understands it, so it is not negotiated.
    private const uint ProtocolVersion = 6;

    private int _socket;

    /// <summary>Opens the socket.</summary>
    /// <exception cref="KernelException">EPERM without CAP_NET_RAW.</exception>
    public IpSetSocket()
    {
        _socket = Check("socket", Libc.socket((int)AddressFamily.IPv4, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, Libc.IPPROTO_RAW));
    }

    /// <summary>The number of a set, or <see cref="NoSet"/>.</summary>
    /// <param name="name">The name, shorter than <see cref="NameSize"/>.</param>
    /// <param name="family">The family of its addresses; 0 for a set without addresses, such as one of sets or ports.</param>
    /// <exception cref="KernelException">The kernel has no ip_set.</exception>
    public ushort Find(ReadOnlySpan<byte> name, out AddressFamily family)
    {
        FamilyRequest request = new() { Operation = OperationGetFamily, Version = ProtocolVersion };
        name.CopyTo(request.Name);
        uint size = (uint)sizeof(FamilyRequest);

        // SAFETY: the kernel reads and writes `size` bytes of `request`, which is as large; it insists on that size.
        Check("getsockopt(IP_SET_OP_GET_FNAME)", Libc.getsockopt(_socket, Libc.IPPROTO_IP, SoIpSet, &request, &size));
        family = (AddressFamily)request.Family;
        return MemoryMarshal.Read<ushort>(request.Name);
    }

    /// <summary>Copies the name of a set and returns its length; 0 when there is no set of that number.</summary>
    /// <param name="index">The number of the set.</param>
    /// <param name="name">The buffer for the name: <see cref="NameSize"/> bytes.</param>
    /// <exception cref="KernelException">The kernel has no ip_set.</exception>
    public int GetName(ushort index, Span<byte> name)
    {
        NameRequest request = new() { Operation = OperationGetByIndex, Version = ProtocolVersion };
        MemoryMarshal.Write(request.Name, index);
        uint size = (uint)sizeof(NameRequest);

        // SAFETY: as above.
        Check("getsockopt(IP_SET_OP_GET_BYINDEX)", Libc.getsockopt(_socket, Libc.IPPROTO_IP, SoIpSet, &request, &size));
        ReadOnlySpan<byte> answer = request.Name;
        int end = answer.IndexOf((byte)0);
        answer = end < 0 ? answer : answer[..end];
        answer.CopyTo(name);
        return answer.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_socket >= 0)
        {
            _ = Libc.close(_socket);
            _socket = -1;
        }
    }

    /// <summary><c>union ip_set_name_index</c>: a name, or a number in its first two bytes.</summary>
    [InlineArray(NameSize)]
    private struct NameOrIndex
    {
        private byte _first;
    }

    [KernelStruct("struct ip_set_req_get_set", "linux/netfilter/ipset/ip_set.h")]
    private struct NameRequest
    {
        public uint Operation;
        public uint Version;
        public NameOrIndex Name;
    }

    [KernelStruct("struct ip_set_req_get_set_family", "linux/netfilter/ipset/ip_set.h")]
    private struct FamilyRequest
    {
        public uint Operation;
        public uint Version;
        public uint Family;
        public NameOrIndex Name;
    }
}
