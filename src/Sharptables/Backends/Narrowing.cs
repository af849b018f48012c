using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends;

/// <summary>
/// Puts the matches and targets of rules that were added to a table into the revisions that the kernel has. That is asked once for each
/// extension; where the kernel has the newest of all, no rule is looked at.
/// </summary>
internal sealed class Narrowing
{
    private readonly Table _table;
    private readonly ITables _tables;
    private readonly List<(Extension Extension, OlderLayout? Layout)> _layouts = [];
    private readonly byte[] _widened = new byte[Extension.LargestPayload];
    private byte[] _rule = new byte[4096];

    private Narrowing(Table table, ITables tables)
    {
        _table = table;
        _tables = tables;
    }

    /// <summary>Narrows what the kernel needs narrowed.</summary>
    /// <exception cref="UsageException">A rule says what the kernel's revision cannot; its line is given.</exception>
    public static void Apply(Table table, ITables tables)
    {
        Narrowing narrowing = new(table, tables);
        bool isNeeded = false;
        if (table.Added.Length > 0)
        {
            foreach (Extension extension in tables.Extensions.Built)
            {
                isNeeded |= narrowing.LayoutFor(extension) is not null;
            }
        }

        if (isNeeded)
        {
            narrowing.Apply();
        }
    }

    private void Apply()
    {
        foreach (Chain chain in _table.Chains)
        {
            foreach (ref Run run in _table.Runs.Of(chain))
            {
                if (run.IsAdded)
                {
                    Apply(ref run);
                }
            }
        }
    }

    /// <summary>Writes the rules of a run once more, behind all others.</summary>
    private void Apply(ref Run run)
    {
        NativeBuffer added = _table.Added;
        int start = added.Length;
        int end = run.Offset + run.Length;
        for (int at = run.Offset; at < end;)
        {
            Rule rule = new(added.Slice(at, end - at), _table.Layout);
            at += rule.Bytes.Length;
            int length = Write(rule);
            int place = added.Length;
            added.SetLength(place + length);
            _rule.AsSpan(0, length).CopyTo(added.Slice(place, length));
        }

        run.Offset = start;
        run.Length = added.Length - start;
    }

    /// <summary>Writes a rule with all that the kernel lacks narrowed.</summary>
    private int Write(Rule rule)
    {
        RuleLayout layout = _table.Layout;
        int length = layout.HeadSize;
        rule.Bytes[..length].CopyTo(_rule);
        foreach (ExtensionRecord match in rule)
        {
            length += Write(match, isTarget: false, rule.Line, length);
        }

        int targetOffset = length;
        length += Write(rule.Target, isTarget: true, rule.Line, length);
        Rule.WriteSize(_rule, layout, length);
        _ = new Rule(_rule, layout) { TargetOffset = targetOffset };
        return length;
    }

    private int Write(ExtensionRecord record, bool isTarget, int line, int offset)
    {
        if (record.IsStandardTarget
            || _tables.Extensions.Find(record, isTarget, _widened, out ReadOnlySpan<byte> payload) is not { } extension
            || record.Revision != extension.Revision || LayoutFor(extension) is not { } older)
        {
            record.Bytes.CopyTo(Room(offset, record.Bytes.Length));
            return record.Bytes.Length;
        }

        Span<byte> place = Room(offset, ExtensionRecord.SizeFor(older.Size));
        int size = ExtensionRecord.WriteHead(place, Encoding.ASCII.GetBytes(older.KernelNameFor(extension)), older.Revision, older.Size);
        if (older.Narrow(payload, place.Slice(ExtensionRecord.HeadSize, older.Size)) is { } lost)
        {
            string reason = $"{extension.Name}: this kernel has only revision {older.Revision}: {lost}";
            throw new UsageException(reason, ErrorShape.Other) { Line = line };
        }

        return size;
    }

    /// <summary>The layout that an extension has to be narrowed to; null when the kernel has the newest, or none at all.</summary>
    private OlderLayout? LayoutFor(Extension extension)
    {
        foreach ((Extension known, OlderLayout? layout) in _layouts)
        {
            if (ReferenceEquals(known, extension))
            {
                return layout;
            }
        }

        byte? newest = extension.OlderLayouts.Length == 0 ? null : _tables.NewestRevision(extension);
        _layouts.Add((extension, Array.Find(extension.OlderLayouts, older => older.Revision == newest)));
        return _layouts[^1].Layout;
    }

    private Span<byte> Room(int offset, int count)
    {
        if (_rule.Length - offset < count)
        {
            Array.Resize(ref _rule, Math.Max(_rule.Length * 2, offset + count));
        }

        return _rule.AsSpan(offset, count);
    }
}
