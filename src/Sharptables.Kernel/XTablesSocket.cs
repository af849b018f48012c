using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>
/// The raw socket through which ip_tables and ip6_tables are read and replaced (linux/netfilter_ipv4/ip_tables.h,
/// linux/netfilter_ipv6/ip6_tables.h). Needs CAP_NET_ADMIN in the namespace it was opened in.
/// </summary>
internal sealed unsafe class XTablesSocket : IDisposable
{
    private const int SetReplace = 64;
    private const int SetAddCounters = 65;
    private const int GetInfoOption = 64;
    private const int GetEntriesOption = 65;
    private const int GetRevisionMatch = 66;
    private const int GetRevisionTarget = 67;

    private const int GetEntriesHead = 40;
    private const int AddCountersHead = 40;

    private readonly int _level;
    private readonly int _revisionShift;
    private int _socket;

    /// <summary>Opens the socket.</summary>
    /// <exception cref="KernelException">The kernel refuses: not root, or the family is missing.</exception>
    public XTablesSocket(AddressFamily family)
    {
        _level = family == AddressFamily.IPv4 ? Libc.IPPROTO_IP : Libc.IPPROTO_IPV6;
        _revisionShift = family == AddressFamily.IPv4 ? 0 : 2; // IP6T_SO_GET_REVISION_MATCH is 68
        _socket = Libc.socket((int)family, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, Libc.IPPROTO_RAW);
        if (_socket < 0)
        {
            throw new KernelException("socket", Marshal.GetLastSystemError());
        }
    }

    /// <summary>Asks what hooks a table has and how large it is; the kernel makes the table when it is not there yet.</summary>
    /// <param name="table">The table's name, shorter than 32 bytes.</param>
    public IptGetinfo GetInfo(ReadOnlySpan<byte> table)
    {
        IptGetinfo info = default;
        if (!table.TryCopyTo(info.Name[..^1]))
        {
            throw new KernelException("getsockopt(GET_INFO)", Errno.EINVAL); // what the kernel says of a name without its final NUL
        }

        uint size = (uint)sizeof(IptGetinfo);

        // SAFETY: the kernel writes at most `size` bytes into `info`, which is as large.
        Check("getsockopt(GET_INFO)", Libc.getsockopt(_socket, _level, GetInfoOption, &info, &size));
        return info;
    }

    /// <summary>Reads the entries of a table into an empty buffer.</summary>
    /// <param name="info">What <see cref="GetInfo"/> said of it.</param>
    /// <param name="entries">Where they go; its length becomes theirs.</param>
    /// <exception cref="KernelException">EAGAIN: the table changed since; ask again.</exception>
    public void GetEntries(in IptGetinfo info, NativeBuffer entries)
    {
        entries.SetLength((int)info.Size);
        byte* head = entries.Start - GetEntriesHead;
        new Span<byte>(head, GetEntriesHead).Clear();
        ((ReadOnlySpan<byte>)info.Name).CopyTo(new Span<byte>(head, sizeof(IptGetinfo.TableName)));
        Unsafe.Write(head + sizeof(IptGetinfo.TableName), info.Size);
        uint size = GetEntriesHead + info.Size;

        // SAFETY: the head stands in the buffer's headroom, the entries in the Size bytes that SetLength has just made room for.
        Check("getsockopt(GET_ENTRIES)", Libc.getsockopt(_socket, _level, GetEntriesOption, head, &size));
    }

    /// <summary>Replaces a table in one atomic step.</summary>
    /// <param name="table">Name, hooks, number and size of the new entries.</param>
    /// <param name="entries">The new entries.</param>
    /// <param name="oldEntries">How many entries the table has now; another number there makes the kernel refuse with EAGAIN.</param>
    /// <param name="oldCounters">Where the counters of the old entries go, one <see cref="XtCounters"/> for each.</param>
    public void Replace(in IptGetinfo table, NativeBuffer entries, int oldEntries, NativeBuffer oldCounters)
    {
        oldCounters.SetLength(oldEntries * sizeof(XtCounters));
        byte* head = entries.Start - sizeof(IptReplace);
        Unsafe.Write(head, new IptReplace
        {
            Name = table.Name,
            ValidHooks = table.ValidHooks,
            NumEntries = table.NumEntries,
            Size = table.Size,
            HookEntry = table.HookEntry,
            Underflow = table.Underflow,
            NumCounters = (uint)oldEntries,
            Counters = (nint)oldCounters.Start,
        });

        // SAFETY: the head stands in the headroom; the kernel reads Size bytes of entries after it, which are in use
        // (checked here), and writes NumCounters counters, for which SetLength has just made room.
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)table.Size, entries.Length);
        Check("setsockopt(SET_REPLACE)", Libc.setsockopt(_socket, _level, SetReplace, head, (uint)sizeof(IptReplace) + table.Size));
    }

    /// <summary>Adds to the counters of every entry of a table.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="counters">One <see cref="XtCounters"/> for each entry, as many as the table has.</param>
    public void AddCounters(in IptGetinfo table, NativeBuffer counters)
    {
        byte* head = counters.Start - AddCountersHead;
        new Span<byte>(head, AddCountersHead).Clear();
        ((ReadOnlySpan<byte>)table.Name).CopyTo(new Span<byte>(head, sizeof(IptGetinfo.TableName)));
        Unsafe.Write(head + sizeof(IptGetinfo.TableName), (uint)(counters.Length / sizeof(XtCounters)));

        // SAFETY: the head stands in the headroom, right in front of the counters in use.
        Check("setsockopt(ADD_COUNTERS)", Libc.setsockopt(_socket, _level, SetAddCounters, head, (uint)(AddCountersHead + counters.Length)));
    }

    /// <summary>Whether the kernel has a match or target in a revision.</summary>
    /// <param name="name">Its name, shorter than 29 bytes.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="isTarget">Whether it is a target.</param>
    public bool HasRevision(ReadOnlySpan<byte> name, byte revision, bool isTarget)
    {
        Span<byte> request = stackalloc byte[30]; // struct xt_get_revision
        request.Clear();
        name.CopyTo(request);
        request[29] = revision;
        uint size = (uint)request.Length;
        fixed (byte* bytes = request)
        {
            // SAFETY: the kernel reads and writes at most the 30 bytes of the request.
            int option = (isTarget ? GetRevisionTarget : GetRevisionMatch) + _revisionShift;
            if (Libc.getsockopt(_socket, _level, option, bytes, &size) == 0)
            {
                return true;
            }
        }

        int errno = Marshal.GetLastSystemError();
        return errno is Libc.ENOENT or Libc.EPROTONOSUPPORT or Libc.EINVAL ? false : throw new KernelException("getsockopt(GET_REVISION)", errno);
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

    private static void Check(string operation, int result)
    {
        if (result < 0)
        {
            throw new KernelException(operation, Marshal.GetLastSystemError());
        }
    }
}
