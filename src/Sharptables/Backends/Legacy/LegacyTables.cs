using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Backends.Legacy;

/// <summary>
/// Reads and writes tables through the kernel's ip_tables and ip6_tables. The socket is opened when first needed.
/// </summary>
/// <param name="extensions">The extensions of the family.</param>
/// <param name="modprobe">The program that loads kernel modules; null: the one that the kernel names.</param>
internal sealed class LegacyTables(ExtensionSet extensions, byte[]? modprobe = null) : ITables
{
    private XTablesSocket? _socket;
    private bool _hasAskedAgain;
    private Table? _refused;

    /// <inheritdoc/>
    public ExtensionSet Extensions => extensions;

    public Family Family => extensions.Family;

    /// <inheritdoc/>
    public ModuleAttempt? Loading { get; private set; }

    /// <summary>Whether the kernel's part is loaded when it is not there, which runs a program.</summary>
    internal bool LoadsModules { get; init; } = true;

    private XTablesSocket Socket => _socket ??= new XTablesSocket(Family.XTables!.Interface);

    /// <inheritdoc/>
    public ITables? TryOpenElsewhere() =>
        EmptyNetwork.TryOpen(() => new LegacyTables(extensions) { _socket = new XTablesSocket(Family.XTables!.Interface) });

    /// <inheritdoc/>
    public List<byte[]> NamesInForce()
    {
        List<byte[]> names = [];
        byte[]? list = FileReader.ReadAll(NamesFile);
        if (list is null && !ThisProcess.SeesProc)
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

    /// <summary>Whether the kernel has the interface at present; does not load it.</summary>
    public bool IsThere => FileDescriptor.Exists(NamesFile);

    private byte[] NamesFile => Encoding.ASCII.GetBytes($"/proc/net/{Family.KernelTables}_names");

    /// <inheritdoc/>
    public Table Read(ReadOnlySpan<byte> name)
    {
        NativeBuffer entries = ReadRaw(name, out TableInfo info);
        return BlobReader.Read(info, entries, Family);
    }

    /// <summary>Whether a table has rules, chains of users, or policies that drop; as far as this process may know.</summary>
    public bool HaveRules()
    {
        try
        {
            return NamesInForce().Exists(HasRules);
        }
        catch (Exception e) when (e is KernelException or MalformedTableException)
        {
            return false;
        }
    }

    private bool HasRules(byte[] name)
    {
        TableInfo info = Socket.GetInfo(name);
        if (info.NumEntries > BitOperations.PopCount(info.ValidHooks) + 1)
        {
            return true;
        }

        using Table table = Read(name);
        foreach (Chain chain in table.Chains)
        {
            if (chain.Policy != Verdict.Accept)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the entries of a table as the kernel has them.</summary>
    public NativeBuffer ReadRaw(ReadOnlySpan<byte> name, out TableInfo info)
    {
        for (; ; )
        {
            info = GetInfo(name);
            NativeBuffer entries = new((int)info.Size + Math.Min((int)info.Size, NativeBuffer.Block)); // with room for more rules
            try
            {
                Socket.GetEntries(info, entries);
                TableInfo after = Socket.GetInfo(name);
                if (MemoryMarshal.AsBytes(new ReadOnlySpan<TableInfo>(in info)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<TableInfo>(in after))))
                {
                    return entries;
                }
            }
            catch (KernelException e) when (e.Errno == Errno.EAGAIN)
            {
                // another process changed the table in between: again
            }

            entries.Dispose();
        }
    }

    /// <inheritdoc/>
    public Table ReadEmpty(ReadOnlySpan<byte> name)
    {
        TableInfo info = GetInfo(name);
        Table table = new(name, Family, new NativeBuffer(0), new LegacyOrigin(info));
        for (int hook = 0; hook < HookOffsets.Count; hook++)
        {
            if ((info.ValidHooks & (1u << hook)) != 0)
            {
                Chain chain = table.NewBuiltInChain(hook);
                chain.Policy = Verdict.Continue; // unknown: it is kept
                chain.PolicyFate = CounterFate.Keep;
            }
        }

        return table;
    }

    /// <summary>Fills in the policies, with their counters, that a table from <see cref="ReadEmpty"/> left open.</summary>
    public void Complete(Table table, Chain? only) => CompletePolicies(table, OriginOf(table));

    /// <inheritdoc/>
    public void Write(Table table)
    {
        LegacyOrigin origin = OriginOf(table);
        CompletePolicies(table, origin);
        Narrowing.Apply(table, this);
        using BlobWriter writer = new(table, origin);
        Write(writer, (int)origin.Info.NumEntries);
    }

    /// <summary>
    /// Writes a table that was read here as <see cref="Write(Table)"/> does, and leaves it as it is: it can be read further, and written again as
    /// long as the kernel has as many entries as when it was read.
    /// </summary>
    /// <exception cref="TableRefusedException">The kernel refuses; the old table is in force.</exception>
    internal void WriteCopy(Table table)
    {
        LegacyOrigin origin = (LegacyOrigin)table.Origin;
        using BlobWriter writer = new(table, origin, keepsTable: true);
        Write(writer, (int)origin.Info.NumEntries);
    }

    private void Write(BlobWriter writer, int oldEntries)
    {
        using NativeBuffer counters = new(16 * Math.Max(oldEntries, 1));
        TableInfo info = writer.Layout();
        try
        {
            Socket.Replace(info, writer.Blob, oldEntries, counters);
        }
        catch (KernelException e)
        {
            writer.Blob.SetLength((int)info.Size);
            _refused?.Dispose();
            _refused = BlobReader.Read(info, writer.Release(), Family, keepLines: true);
            throw new TableRefusedException(e, _refused);
        }

        using NativeBuffer toAdd = new(16 * (int)info.NumEntries);
        if (writer.CountersToAdd(counters, toAdd))
        {
            Socket.AddCounters(info, toAdd);
        }
    }

    /// <summary>Writes a table as <see cref="Describe(ReadOnlySpan{byte}, Output)"/> does, as it was when it was read here.</summary>
    internal static void Describe(Table table, Output output) =>
        BlobText.Write(table.Original, ((LegacyOrigin)table.Origin).Info, table.Layout.Family, output);

    /// <inheritdoc/>
    public void Describe(ReadOnlySpan<byte> name, Output output)
    {
        using NativeBuffer entries = ReadRaw(name, out TableInfo info);
        BlobText.Write(entries, info, Family, output);
    }

    /// <summary>Puts a table back as it once was, with its counters, whatever is in force now.</summary>
    /// <param name="info">What <see cref="ReadRaw"/> reported.</param>
    /// <param name="entries">What <see cref="ReadRaw"/> returned.</param>
    /// <exception cref="KernelException">
    /// The kernel refuses, and nothing has changed; EAGAIN: another process has just changed the table.
    /// </exception>
    public void PutBack(in TableInfo info, NativeBuffer entries)
    {
        uint entriesNow = GetInfo(NameOf(info)).NumEntries;
        using (NativeBuffer countersNow = new(16 * (int)Math.Max(entriesNow, 1)))
        {
            Socket.Replace(info, entries, (int)entriesNow, countersNow);
        }

        using NativeBuffer counters = new(16 * (int)info.NumEntries);
        counters.SetLength(16 * (int)info.NumEntries);
        Span<XtCounters> each = MemoryMarshal.Cast<byte, XtCounters>(counters.Bytes);
        RuleLayout layout = Family.Layout;
        int offset = 0;
        for (int entry = 0; entry < each.Length; entry++)
        {
            Rule rule = new(entries.Bytes[offset..], layout);
            each[entry] = rule.Counters;
            offset += rule.Bytes.Length;
        }

        Socket.AddCounters(info, counters);
    }

    /// <inheritdoc/>
    public bool HasRevision(ReadOnlySpan<byte> name, byte revision, bool isTarget) => Socket.HasRevision(name, revision, isTarget);

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket?.Dispose();
        _refused?.Dispose();
    }

    /// <summary>A table from elsewhere replaces the one in force, whatever that is.</summary>
    private LegacyOrigin OriginOf(Table table) => table.Origin as LegacyOrigin ?? new LegacyOrigin(GetInfo(table.Name));

    /// <summary>The name in the kernel's report of a table.</summary>
    internal static ReadOnlySpan<byte> NameOf(in TableInfo info)
    {
        ReadOnlySpan<byte> name = info.Name;
        return name[..name.IndexOf((byte)0)];
    }

    /// <summary>
    /// Reads the hooks and size of a table. The kernel loads the modules of tables, matches and targets by itself, but not the interface
    /// (ip_tables, ip6_tables): then it answers ENOPROTOOPT, and loading is up to us.
    /// </summary>
    private TableInfo GetInfo(ReadOnlySpan<byte> name)
    {
        try
        {
            return Socket.GetInfo(name);
        }
        catch (KernelException e) when (e.Errno == Errno.ENOPROTOOPT && !_hasAskedAgain && LoadsModules)
        {
            _hasAskedAgain = true;
            if (!IsThere)
            {
                Loading = KernelModule.Load(Encoding.ASCII.GetBytes(Family.KernelTables!), modprobe);
            }

            return Socket.GetInfo(name);
        }
    }

    private void CompletePolicies(Table table, LegacyOrigin origin)
    {
        Table? inForce = null;
        foreach (Chain chain in table.Chains)
        {
            if (!chain.IsBuiltIn || (chain.Policy != Verdict.Continue
                && (chain.PolicyFate == CounterFate.Set || origin.PolicyEntries[chain.Hook] >= 0)))
            {
                continue;
            }

            inForce ??= Read(table.Name);
            Chain old = inForce.Get(chain.Name);
            chain.Policy = chain.Policy == Verdict.Continue ? old.Policy : chain.Policy;
            chain.PolicyCounters = chain.PolicyFate == CounterFate.Set ? chain.PolicyCounters : old.PolicyCounters;
            origin.PolicyEntries[chain.Hook] = ((LegacyOrigin)inForce.Origin).PolicyEntries[chain.Hook];
        }

        if (inForce is not null)
        {
            origin.Info = ((LegacyOrigin)inForce.Origin).Info;
            inForce.Dispose();
        }
    }
}
