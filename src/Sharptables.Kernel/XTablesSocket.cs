using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Sharptables.Kernel.KernelException;

namespace Sharptables.Kernel;

/// <summary>
/// The raw socket through which tables of x_tables are read and replaced. Needs CAP_NET_ADMIN in the namespace it was opened in.
/// </summary>
internal sealed unsafe class XTablesSocket : IDisposable
{
    private const int GetEntriesHead = 40;
    private const int AddCountersHead = 40;

    private readonly XTablesInterface _interface;
    private int _socket;

    /// <summary>Opens the socket.</summary>
    /// <exception cref="KernelException">EPERM without root's rights, or the kernel lacks the family.</exception>
    public XTablesSocket(XTablesInterface tables)
    {
        _interface = tables;
        _socket = Check("socket", Libc.socket((int)tables.Sockets, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, Libc.IPPROTO_RAW));
    }

    /// <summary>Reads the hooks and the size of a table; the kernel creates the table if need be.</summary>
    /// <param name="table">The name, shorter than 32 bytes.</param>
    public TableInfo GetInfo(ReadOnlySpan<byte> table)
    {
        TableInfo info = default;
        if (!table.TryCopyTo(info.Name[..^1]) || table.Contains((byte)0))
        {
            throw new KernelException("getsockopt(GET_INFO)", Errno.EINVAL); // the kernel's answer to a name without a NUL
        }

        uint size = (uint)sizeof(TableInfo);

        // SAFETY: the kernel writes at most `size` bytes into `info`, which is as large.
        Check("getsockopt(GET_INFO)", Libc.getsockopt(_socket, _interface.Level, _interface.GetInfo, &info, &size));
        return info;
    }

    /// <summary>Reads the entries of a table into an empty buffer.</summary>
    /// <param name="info">The result of <see cref="GetInfo"/>.</param>
    /// <param name="entries">Where they go; its length is set to theirs.</param>
    /// <exception cref="KernelException">EAGAIN: the table has changed since; start again.</exception>
    public void GetEntries(in TableInfo info, NativeBuffer entries)
    {
        entries.SetLength((int)info.Size);
        byte* head = entries.Start - GetEntriesHead;
        new Span<byte>(head, GetEntriesHead).Clear();
        ((ReadOnlySpan<byte>)info.Name).CopyTo(new Span<byte>(head, sizeof(TableInfo.TableName)));
        Unsafe.Write(head + sizeof(TableInfo.TableName), info.Size);
        uint size = GetEntriesHead + info.Size;

        // SAFETY: the head stands in the buffer's headroom, the entries in the Size bytes that SetLength has just reserved.
        Check("getsockopt(GET_ENTRIES)", Libc.getsockopt(_socket, _interface.Level, _interface.GetEntries, head, &size));
    }

    /// <summary>Replaces a table in one atomic step.</summary>
    /// <param name="table">The name, hooks, number and size of the new entries.</param>
    /// <param name="entries">The new entries.</param>
    /// <param name="oldEntries">The number of entries now in the kernel; EAGAIN when it has another number.</param>
    /// <param name="oldCounters">Receives the counters of the old entries, one <see cref="XtCounters"/> each.</param>
    public void Replace(in TableInfo table, NativeBuffer entries, int oldEntries, NativeBuffer oldCounters)
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
        // (checked here), and writes NumCounters counters, for which SetLength has just reserved room.
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)table.Size, entries.Length);
        Check("setsockopt(SET_REPLACE)", Libc.setsockopt(_socket, _interface.Level, _interface.SetReplace, head, (uint)sizeof(IptReplace) + table.Size));
    }

    /// <summary>Adds to the counters of every entry of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="counters">One <see cref="XtCounters"/> for each of its entries.</param>
    public void AddCounters(in TableInfo table, NativeBuffer counters)
    {
        byte* head = counters.Start - AddCountersHead;
        new Span<byte>(head, AddCountersHead).Clear();
        ((ReadOnlySpan<byte>)table.Name).CopyTo(new Span<byte>(head, sizeof(TableInfo.TableName)));
        Unsafe.Write(head + sizeof(TableInfo.TableName), (uint)(counters.Length / sizeof(XtCounters)));

        // SAFETY: the head stands in the headroom, right in front of the counters in use.
        Check("setsockopt(ADD_COUNTERS)", Libc.setsockopt(_socket, _interface.Level, _interface.SetAddCounters, head, (uint)(AddCountersHead + counters.Length)));
    }

    /// <summary>Whether the kernel has a revision of a match or target; its name is shorter than 29 bytes.</summary>
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
            int option = isTarget ? _interface.GetRevisionTarget : _interface.GetRevisionMatch;
            if (Libc.getsockopt(_socket, _interface.Level, option, bytes, &size) == 0)
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
}
