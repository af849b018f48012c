using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Backends;
using Sharptables.Backends.Legacy;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Tests.Backends.Legacy;

/// <summary>
/// A kernel that is not there. It holds tables as ip_tables does, lacks what a test wants it to lack and refuses what a test wants refused.
/// </summary>
internal sealed class FakeTables : ITables
{
    private readonly Dictionary<string, (TableInfo Info, byte[] Entries)> _inForce = [];

    public FakeTables(Family family, INames? names = null)
    {
        Extensions = new ExtensionSet(family) { Names = names ?? SystemNames.Instance };
        foreach (BuiltInTable known in BuiltInTable.Of(family))
        {
            TableInfo info = default;
            Encoding.ASCII.GetBytes(known.Name, info.Name);
            for (int hook = 0; hook < Math.Min(HookOffsets.Count, family.HookNames.Length); hook++)
            {
                info.ValidHooks |= known.Chains.Contains(family.HookNames[hook]) ? 1u << hook : 0;
            }

            _inForce[known.Name] = (info, []);
            using Table table = ReadEmpty(Encoding.ASCII.GetBytes(known.Name));
            foreach (Chain chain in table.Chains)
            {
                chain.SetPolicy(Verdict.Accept, default(XtCounters));
            }

            Write(table);
        }

        Asked.Clear();
    }

    public ExtensionSet Extensions { get; }

    public Family Family => Extensions.Family;

    public ModuleAttempt? Loading => null;

    /// <summary>Which revisions it has: by kernel name, revision, and whether it is a target.</summary>
    public Func<string, byte, bool, bool> HasOnly { get; init; } = static (_, _, _) => true;

    /// <summary>The error number for a rule, as saved, or 0.</summary>
    public Func<string, int> Judge { get; init; } = static _ => 0;

    /// <summary>What was asked of it, in that order: <c>read filter</c>, <c>begin filter</c>, <c>write filter</c>.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>A kernel that has one revision of an extension.</summary>
    public static Func<string, byte, bool, bool> OnlyRevision(Extension extension, byte revision)
    {
        List<(string Name, byte Revision)> all = [(extension.KernelName, extension.Revision)];
        all.AddRange(extension.OlderLayouts.Select(older => (older.KernelNameFor(extension), older.Revision)));
        return (name, asked, isTarget) => isTarget != extension.IsTarget || asked == revision || !all.Contains((name, asked));
    }

    /// <summary>What iptables-save prints of a table, without comments.</summary>
    public string[] Saved(string name)
    {
        using Table table = Read(Encoding.ASCII.GetBytes(name));
        Output output = new(descriptor: -1);
        _ = SaveText.Write(table, Extensions, "test", showCounters: false, output);
        return [.. Encoding.UTF8.GetString(output.Written).Split('\n').Where(static line => line is not ("" or ['#', ..]))];
    }

    public List<byte[]> NamesInForce() => [.. _inForce.Keys.Select(Encoding.ASCII.GetBytes)];

    public Table Read(ReadOnlySpan<byte> name)
    {
        (TableInfo info, byte[] entries) = Named("read", name);
        return BlobReader.Read(info, ToBuffer(entries), Family);
    }

    public Table ReadEmpty(ReadOnlySpan<byte> name)
    {
        (TableInfo info, _) = Named("begin", name);
        Table table = new(name, Family, new NativeBuffer(0), new LegacyOrigin(info));
        for (int hook = 0; hook < Math.Min(HookOffsets.Count, Family.HookNames.Length); hook++)
        {
            if ((info.ValidHooks & (1u << hook)) != 0)
            {
                Chain chain = table.NewBuiltInChain(hook);
                chain.Policy = Verdict.Continue;
                chain.PolicyFate = CounterFate.Keep;
            }
        }

        return table;
    }

    public void Complete(Table table, Chain? only)
    {
        int[] entries = ((LegacyOrigin)table.Origin).PolicyEntries;
        foreach (Chain chain in table.Chains)
        {
            if (chain.IsBuiltIn && (chain.Policy == Verdict.Continue || (chain.PolicyFate != CounterFate.Set && entries[chain.Hook] < 0)))
            {
                using Table inForce = Read(table.Name);
                entries[chain.Hook] = ((LegacyOrigin)inForce.Origin).PolicyEntries[chain.Hook];
                chain.Policy = chain.Policy == Verdict.Continue ? inForce.Get(chain.Name).Policy : chain.Policy;
            }
        }
    }

    public void Write(Table table)
    {
        (TableInfo old, byte[] oldEntries) = Named("write", table.Name);
        if (oldEntries.Length > 0)
        {
            Complete(table, null);
        }

        Narrowing.Apply(table, this);
        using BlobWriter writer = new(table, (LegacyOrigin)table.Origin);
        TableInfo info = writer.Layout();
        byte[] entries = writer.Blob.Slice(0, (int)info.Size).ToArray();
        Table laidOut = BlobReader.Read(info, ToBuffer(entries), Family, keepLines: true);
        if (ErrnoFor(laidOut) is not 0 and int errno)
        {
            throw new TableRefusedException(new KernelException("setsockopt(SET_REPLACE)", errno), laidOut);
        }

        laidOut.Dispose();
        Count(entries, old, oldEntries, writer);
        _inForce[Encoding.ASCII.GetString(table.Name)] = (info, entries);
    }

    public void Describe(ReadOnlySpan<byte> name, Output output)
    {
        (TableInfo info, byte[] entries) = Named("describe", name);
        using NativeBuffer buffer = ToBuffer(entries);
        BlobText.Write(buffer, info, Family, output);
    }

    public bool HasRevision(ReadOnlySpan<byte> name, byte revision, bool isTarget)
    {
        string asked = Encoding.ASCII.GetString(name);
        Asked.Add($"has {asked} {revision}");
        return HasOnly(asked, revision, isTarget);
    }

    public ITables? TryOpenElsewhere() => new FakeTables(Family) { HasOnly = HasOnly, Judge = Judge };

    public void Dispose()
    {
    }

    private static NativeBuffer ToBuffer(byte[] entries)
    {
        NativeBuffer buffer = new(entries.Length);
        buffer.SetLength(entries.Length);
        entries.CopyTo(buffer.Bytes);
        return buffer;
    }

    private (TableInfo Info, byte[] Entries) Named(string verb, ReadOnlySpan<byte> name)
    {
        string asked = Encoding.ASCII.GetString(name);
        Asked.Add($"{verb} {asked}");
        return _inForce.TryGetValue(asked, out (TableInfo, byte[]) found) ? found
            : throw new KernelException("getsockopt(GET_INFO)", Errno.ENOENT);
    }

    private int ErrnoFor(Table table)
    {
        foreach (Chain chain in table.Chains)
        {
            Output output = new(descriptor: -1);
            RuleText text = new(table, Extensions, output);
            foreach (Rule rule in table.Rules(chain))
            {
                output.Clear();
                text.Write(chain, rule, showCounters: false);
                if (Judge(Encoding.UTF8.GetString(output.Written).TrimEnd('\n')) is not 0 and int errno)
                {
                    return errno;
                }
            }
        }

        return 0;
    }

    /// <summary>A new table counts from zero, and from what is added.</summary>
    private void Count(byte[] entries, in TableInfo old, byte[] oldEntries, BlobWriter writer)
    {
        using NativeBuffer before = new(0), toAdd = new(0);
        before.SetLength(16 * (int)old.NumEntries);
        Span<XtCounters> counted = MemoryMarshal.Cast<byte, XtCounters>(before.Bytes);
        int entry = 0;
        foreach (int offset in Offsets(oldEntries))
        {
            counted[entry++] = new Rule(oldEntries.AsSpan(offset), Family.Layout).Counters;
        }

        bool adds = writer.CountersToAdd(before, toAdd);
        entry = 0;
        foreach (int offset in Offsets(entries))
        {
            Rule rule = new(entries.AsSpan(offset), Family.Layout);
            rule.Counters = adds ? MemoryMarshal.Cast<byte, XtCounters>(toAdd.Bytes)[entry++] : default;
        }
    }

    private List<int> Offsets(byte[] entries)
    {
        List<int> offsets = [];
        for (int at = 0; at < entries.Length; at += new Rule(entries.AsSpan(at), Family.Layout).Bytes.Length)
        {
            offsets.Add(at);
        }

        return offsets;
    }
}
