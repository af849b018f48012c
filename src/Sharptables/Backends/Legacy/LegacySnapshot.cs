using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Backends.Legacy;

/// <summary>
/// All tables of a family as they are in force at one moment, byte for byte with counters, and the names of what the bytes refer to only
/// by number; for putting them back later. It can be sent to another process.
/// </summary>
internal sealed class LegacySnapshot : ISnapshot
{
    private const int Attempts = 5;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly List<(TableInfo Info, NativeBuffer Entries, ReferenceNames Names)> _tables = [];

    private LegacySnapshot(Family family) => Family = family;

    public Family Family { get; }

    /// <inheritdoc/>
    Family? ISnapshot.Family => Family;

    /// <summary>Reads all existing tables. The caller holds the lock, so that they are of one moment.</summary>
    /// <exception cref="KernelException">They cannot be read.</exception>
    public static LegacySnapshot Take(Family family)
    {
        using LegacyTables tables = new(new ExtensionSet(family));
        LegacySnapshot taken = new(family);
        try
        {
            foreach (byte[] name in tables.NamesInForce())
            {
                NativeBuffer entries = tables.ReadRaw(name, out TableInfo info);
                taken._tables.Add((info, entries, ReferenceNames.Read(Walk(entries, family.Layout), family)));
            }

            return taken;
        }
        catch (KernelException)
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Receives what <see cref="Send"/> sent; null when it is incomplete.</summary>
    public static LegacySnapshot? Receive(int descriptor, Family family)
    {
        LegacySnapshot received = new(family);
        int count = 0;
        bool isWhole = FileDescriptor.ReadExactly(descriptor, MemoryMarshal.AsBytes(new Span<int>(ref count)));
        for (int i = 0; isWhole && i < count; i++)
        {
            TableInfo info = default;
            isWhole = FileDescriptor.ReadExactly(descriptor, MemoryMarshal.AsBytes(new Span<TableInfo>(ref info)));
            NativeBuffer entries = new((int)info.Size);
            entries.SetLength((int)info.Size);
            isWhole = isWhole && FileDescriptor.ReadExactly(descriptor, entries.Bytes);
            ReferenceNames? names = isWhole ? ReferenceNames.Receive(descriptor) : null;
            isWhole = names is not null;
            received._tables.Add((info, entries, names!));
        }

        if (isWhole)
        {
            return received;
        }

        received.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Send(int descriptor)
    {
        int count = _tables.Count;
        FileDescriptor.WriteAll(descriptor, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in count)));
        foreach ((TableInfo info, NativeBuffer entries, ReferenceNames names) in _tables)
        {
            FileDescriptor.WriteAll(descriptor, MemoryMarshal.AsBytes(new ReadOnlySpan<TableInfo>(in info)));
            FileDescriptor.WriteAll(descriptor, entries.Bytes);
            names.Send(descriptor);
        }
    }

    /// <summary>
    /// As <see cref="ISnapshot.PutBack"/> says. References are resolved by name again; if a name is gone, its table is not put back, since its rules
    /// would mean something else.
    /// </summary>
    public List<(string Table, string Reason)> PutBack()
    {
        using LegacyTables tables = new(new ExtensionSet(Family));
        List<(string, string)> failed = [];
        foreach ((TableInfo info, NativeBuffer entries, ReferenceNames names) in _tables)
        {
            Attempt(LegacyTables.NameOf(info), () => PutBack(tables, info, entries, names));
        }

        foreach (byte[] name in tables.NamesInForce())
        {
            if (!_tables.Exists(table => LegacyTables.NameOf(table.Info).SequenceEqual(name)))
            {
                Attempt(name, () =>
                {
                    ((ITables)tables).Clear(name);
                    return null;
                });
            }
        }

        return failed;

        void Attempt(ReadOnlySpan<byte> table, Func<string?> step)
        {
            for (int left = Attempts - 1; ; left--)
            {
                string? reason;
                try
                {
                    reason = step();
                }
                catch (Exception e) when (e is KernelException or TableRefusedException)
                {
                    reason = (e as KernelException ?? ((TableRefusedException)e).Cause).Message;
                }

                if (reason is null)
                {
                    return;
                }

                if (left == 0)
                {
                    failed.Add((MessageText.Of(table), reason));
                    return;
                }

                Thread.Sleep(s_pause); // a process without the lock came first, or memory is short
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, NativeBuffer entries, _) in _tables)
        {
            entries.Dispose();
        }
    }

    /// <returns>Why it could not be put back, or null.</returns>
    private static string? PutBack(LegacyTables tables, in TableInfo info, NativeBuffer entries, ReferenceNames names)
    {
        if (names.Hold(Walk(entries, tables.Family.Layout), tables.Family) && IsInForce(tables, info, entries))
        {
            return null;
        }

        List<string> lost = names.Renew(Walk(entries, tables.Family.Layout), tables.Family);
        if (lost.Count > 0)
        {
            return string.Join(", ", lost);
        }

        tables.PutBack(info, entries);

        // From now on nothing that the rules refer to can go; but it may have gone just before.
        return names.Hold(Walk(entries, tables.Family.Layout), tables.Family) ? null : "something that its rules refer to is being replaced";
    }

    /// <summary>
    /// Whether the table in force has the same rules, and none with lower counters: a replaced table starts counting from zero.
    /// </summary>
    private static bool IsInForce(LegacyTables tables, in TableInfo info, NativeBuffer entries)
    {
        using NativeBuffer inForce = tables.ReadRaw(LegacyTables.NameOf(info), out TableInfo infoNow);
        ReadOnlySpan<byte> said = MemoryMarshal.AsBytes(new ReadOnlySpan<TableInfo>(in info));
        if (!said.SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<TableInfo>(in infoNow))))
        {
            return false;
        }

        RuleLayout layout = tables.Family.Layout;
        Span<byte> then = entries.Bytes;
        Span<byte> now = inForce.Bytes;
        while (!then.IsEmpty)
        {
            Rule ruleThen = new(then, layout);
            Rule ruleNow = new(now, layout);
            if (!ruleThen.Bytes[..layout.ComeFrom].SequenceEqual(ruleNow.Bytes[..layout.ComeFrom]) // includes the size of the rule
                || !ruleThen.Bytes[layout.HeadSize..].SequenceEqual(ruleNow.Bytes[layout.HeadSize..])
                || ruleNow.Counters.Packets < ruleThen.Counters.Packets || ruleNow.Counters.Bytes < ruleThen.Counters.Bytes)
            {
                return false;
            }

            then = then[ruleThen.Bytes.Length..];
            now = now[ruleNow.Bytes.Length..];
        }

        return true;
    }

    private static ReferenceNames.RecordWalk Walk(NativeBuffer entries, RuleLayout layout) => visit =>
    {
        for (Span<byte> rest = entries.Bytes; !rest.IsEmpty;)
        {
            Rule rule = new(rest, layout);
            foreach (ExtensionRecord match in rule)
            {
                visit(match, isTarget: false);
            }

            if (!rule.Target.IsStandardTarget)
            {
                visit(rule.Target, isTarget: true);
            }

            rest = rest[rule.Bytes.Length..];
        }
    };
}
