using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Sharptables.Extensions;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Legacy;

/// <summary>
/// Reads and writes tables through the kernel's ip_tables and ip6_tables interface. Opens its socket when it is first needed.
/// </summary>
/// <param name="family">The family.</param>
/// <param name="modprobe">The program that loads kernel modules; null: the one that the kernel names.</param>
public sealed class LegacyTables(Family family, byte[]? modprobe = null) : IDisposable
{
    private static readonly byte[][] s_hookNames = ["PREROUTING"u8.ToArray(), "INPUT"u8.ToArray(), "FORWARD"u8.ToArray(), "OUTPUT"u8.ToArray(), "POSTROUTING"u8.ToArray()];

    private XTablesSocket? _socket;
    private bool _hasAskedAgain;

    /// <summary>The family.</summary>
    public Family Family => family;

    /// <summary>What came of having the kernel's part loaded, if it was not there when it was first asked.</summary>
    public ModuleAttempt? Loading { get; private set; }

    private XTablesSocket Socket => _socket ??= new XTablesSocket(family.Sockets);

    /// <summary>
    /// A door to the tables of an empty network namespace, which goes with it: the kernel judges what is written there, and nothing in
    /// force is touched. Null when one may not have it.
    /// </summary>
    public static LegacyTables? TryOpenElsewhere(Family family)
    {
        LegacyTables? elsewhere = null;
        Thread thread = new(() =>
        {
            if (!EmptyNetwork.TryEnter())
            {
                return;
            }

            try
            {
                elsewhere = new LegacyTables(family) { _socket = new XTablesSocket(family.Sockets) }; // a socket stays where it was opened
            }
            catch (KernelException)
            {
                // the family is missing; whoever asks for a table hears it
            }
        });
        thread.Start();
        thread.Join();
        return elsewhere;
    }

    /// <summary>The names of the tables that are there. The kernel makes a table when it is first asked for; this asks for none.</summary>
    /// <exception cref="KernelException">One may not know, or /proc is not mounted (ENOENT): then there may be any.</exception>
    public List<byte[]> NamesInForce()
    {
        List<byte[]> names = [];
        byte[]? list = FileReader.ReadAll(NamesFile);
        if (list is null && !FileDescriptor.Exists("/proc/net/dev"u8))
        {
            throw new KernelException("open", Errno.ENOENT);
        }

        ReadOnlySpan<byte> rest = list;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> name = end < 0 ? rest : rest[..end];
            if (!name.IsEmpty)
            {
                names.Add(name.ToArray());
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return names;
    }

    /// <summary>Whether the kernel has the interface now, without its being loaded first.</summary>
    public bool IsThere => FileDescriptor.Exists(NamesFile);

    private byte[] NamesFile => Encoding.ASCII.GetBytes($"/proc/net/{family.KernelTables}_names");

    /// <summary>Reads a table with all its rules.</summary>
    /// <exception cref="KernelException">The kernel has no such table, or this process may not see it.</exception>
    /// <exception cref="MalformedTableException">What was read is no table.</exception>
    public LegacyTable Read(ReadOnlySpan<byte> name)
    {
        NativeBuffer entries = ReadRaw(name, out IptGetinfo info);
        return new LegacyTable(info, BlobReader.Read(info, entries, family));
    }

    /// <summary>Reads the entries of a table as the kernel has them.</summary>
    public NativeBuffer ReadRaw(ReadOnlySpan<byte> name, out IptGetinfo info)
    {
        for (; ; )
        {
            info = GetInfo(name);
            NativeBuffer entries = new((int)info.Size + (1 << 16));
            try
            {
                Socket.GetEntries(info, entries);
                IptGetinfo after = Socket.GetInfo(name);
                if (MemoryMarshal.AsBytes(new ReadOnlySpan<IptGetinfo>(in info)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<IptGetinfo>(in after))))
                {
                    return entries;
                }
            }
            catch (KernelException e) when (e.Errno == Errno.EAGAIN)
            {
                // somebody changed the table in between: once more
            }

            entries.Dispose();
        }
    }

    /// <summary>
    /// Gives a table without its rules, to be filled anew: its built-in chains are there, empty. The old rules are not read, unless
    /// what is then written leaves something of the old table as it was.
    /// </summary>
    public LegacyTable ReadEmpty(ReadOnlySpan<byte> name)
    {
        IptGetinfo info = GetInfo(name);
        Table table = new(name, family, new NativeBuffer(0));
        for (int hook = 0; hook < HookOffsets.Count; hook++)
        {
            if ((info.ValidHooks & (1u << hook)) != 0)
            {
                Chain chain = table.NewChain(HookName(hook), hook);
                chain.Policy = Verdict.Continue; // not known: it stays as it is
                chain.PolicyFate = CounterFate.Keep;
            }
        }

        return new LegacyTable(info, table);
    }

    /// <summary>Writes a table in one atomic step; the counters of rules that stay go on.</summary>
    /// <exception cref="TableRefusedException">The kernel refuses; the old table is in force.</exception>
    public void Write(LegacyTable table)
    {
        CompletePolicies(table);
        using NativeBuffer counters = new(16 * (int)Math.Max(table.Info.NumEntries, 1));
        using BlobWriter writer = new(table.Table);
        IptGetinfo info = writer.Layout(table.Info);
        try
        {
            Socket.Replace(info, writer.Blob, (int)table.Info.NumEntries, counters);
        }
        catch (KernelException e)
        {
            writer.Blob.SetLength((int)info.Size);
            throw new TableRefusedException(e, BlobReader.Read(info, writer.Release(), family, keepLines: true));
        }

        using NativeBuffer toAdd = new(16 * (int)info.NumEntries);
        if (writer.CountersToAdd(counters, toAdd))
        {
            Socket.AddCounters(info, toAdd);
        }
    }

    /// <summary>Puts a table in force as it once was, with the counters it had then, whatever it is now.</summary>
    /// <param name="info">What <see cref="ReadRaw"/> said of it.</param>
    /// <param name="entries">What <see cref="ReadRaw"/> gave.</param>
    /// <exception cref="KernelException">
    /// The kernel refuses, and nothing has changed; EAGAIN: somebody else changed it just now.
    /// </exception>
    public void PutBack(in IptGetinfo info, NativeBuffer entries)
    {
        uint entriesNow = GetInfo(NameOf(info)).NumEntries;
        using (NativeBuffer countersNow = new(16 * (int)Math.Max(entriesNow, 1)))
        {
            Socket.Replace(info, entries, (int)entriesNow, countersNow);
        }

        using NativeBuffer counters = new(16 * (int)info.NumEntries);
        counters.SetLength(16 * (int)info.NumEntries);
        Span<XtCounters> each = MemoryMarshal.Cast<byte, XtCounters>(counters.Bytes);
        RuleLayout layout = new(family);
        int offset = 0;
        for (int entry = 0; entry < each.Length; entry++)
        {
            Rule rule = new(entries.Bytes[offset..], layout);
            each[entry] = rule.Counters;
            offset += rule.Bytes.Length;
        }

        Socket.AddCounters(info, counters);
    }

    /// <summary>Takes all rules and chains of users from a table, and has its built-in chains accept what reaches their end.</summary>
    public void Clear(ReadOnlySpan<byte> name)
    {
        LegacyTable empty = ReadEmpty(name);
        using Table table = empty.Table;
        foreach (Chain chain in table.Chains)
        {
            chain.SetPolicy(Verdict.Accept, default(XtCounters));
        }

        Write(empty);
    }

    /// <summary>Whether the kernel has a match or target in a revision.</summary>
    public bool HasRevision(ReadOnlySpan<byte> name, byte revision, bool isTarget) => Socket.HasRevision(name, revision, isTarget);

    /// <summary>Whether the kernel has a match or target in any revision that we have.</summary>
    public bool Has(Extension extension)
    {
        bool has = HasRevision(Encoding.ASCII.GetBytes(extension.KernelName), extension.Revision, extension.IsTarget);
        foreach (OlderLayout older in extension.OlderLayouts)
        {
            has = has || HasRevision(Encoding.ASCII.GetBytes(older.KernelNameFor(extension)), older.Revision, extension.IsTarget);
        }

        return has;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    /// <summary>The name in what the kernel says of a table.</summary>
    internal static ReadOnlySpan<byte> NameOf(in IptGetinfo info)
    {
        ReadOnlySpan<byte> name = info.Name;
        return name[..name.IndexOf((byte)0)];
    }

    internal static ReadOnlySpan<byte> HookName(int hook) => s_hookNames[hook];

    /// <summary>
    /// Asks for a table. The kernel loads a table's module by itself, and those of matches and targets, but not the interface to them all
    /// (ip_tables, ip6_tables): it answers ENOPROTOOPT, and leaves that to us.
    /// </summary>
    private IptGetinfo GetInfo(ReadOnlySpan<byte> name)
    {
        try
        {
            return Socket.GetInfo(name);
        }
        catch (KernelException e) when (e.Errno == Errno.ENOPROTOOPT && !_hasAskedAgain)
        {
            _hasAskedAgain = true;
            if (!IsThere)
            {
                Loading = KernelModule.Load(Encoding.ASCII.GetBytes(family.KernelTables), modprobe);
            }

            return Socket.GetInfo(name);
        }
    }

    /// <summary>
    /// A table that was begun empty and leaves a policy open takes it, and its counters, from the table in force. It is done before a
    /// table is written, and must be before one is shown.
    /// </summary>
    public void CompletePolicies(LegacyTable table)
    {
        LegacyTable? old = null;
        foreach (Chain chain in table.Table.Chains)
        {
            if (!chain.IsBuiltIn || (chain.Policy != Verdict.Continue && chain.PolicyFate == CounterFate.Set))
            {
                continue;
            }

            if (chain.Policy != Verdict.Continue && chain.PolicyEntry >= 0)
            {
                continue;
            }

            old ??= Read(table.Table.Name);
            Chain inForce = old.Table.Get(chain.Name);
            chain.PolicyEntry = inForce.PolicyEntry;
            chain.Policy = chain.Policy == Verdict.Continue ? inForce.Policy : chain.Policy;
            chain.PolicyCounters = chain.PolicyFate == CounterFate.Set ? chain.PolicyCounters : inForce.PolicyCounters;
        }

        if (old is not null)
        {
            table.Info = old.Info;
            old.Table.Dispose();
        }
    }
}
