using System;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Kernel;
using Sharptables.Rules;

namespace Sharptables.Backends.Legacy;

/// <summary>Reads and writes tables through the kernel's ip_tables and ip6_tables interface. Opens its socket when it is first needed.</summary>
/// <param name="family">The family.</param>
public sealed class LegacyTables(Family family) : IDisposable
{
    private static readonly byte[][] s_hookNames = ["PREROUTING"u8.ToArray(), "INPUT"u8.ToArray(), "FORWARD"u8.ToArray(), "OUTPUT"u8.ToArray(), "POSTROUTING"u8.ToArray()];

    private XTablesSocket? _socket;

    /// <summary>The family.</summary>
    public Family Family => family;

    private XTablesSocket Socket => _socket ??= new XTablesSocket(family);

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
            info = Socket.GetInfo(name);
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
        IptGetinfo info = Socket.GetInfo(name);
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

    internal static ReadOnlySpan<byte> HookName(int hook) => s_hookNames[hook];

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
