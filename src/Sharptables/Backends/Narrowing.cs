using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends;

/// <summary>
/// Converts matches and targets in a table's added rules to the revisions that the kernel has. The kernel is asked once for each extension;
/// if it has the newest of all, no rule is read.
/// </summary>
internal sealed class Narrowing
{
    private readonly Table _table;
    private readonly ITables _tables;
    private readonly RuleBytes _rule;
    private readonly List<(Extension Extension, OlderLayout? Layout)> _layouts = [];
    private readonly byte[] _widened = new byte[Extension.LargestPayload];

    private Narrowing(Table table, ITables tables)
    {
        _table = table;
        _tables = tables;
        _rule = new RuleBytes(table.Layout);
    }

    /// <summary>Narrows what the kernel has only in an older revision.</summary>
    /// <exception cref="UsageException">The kernel's revision cannot express a rule; the error has the rule's line.</exception>
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

    /// <summary>Writes the rules of a run again, after all others.</summary>
    private void Apply(ref Run run)
    {
        NativeBuffer added = _table.Added;
        int start = added.Length;
        int end = run.Offset + run.Length;
        for (int at = run.Offset; at < end;)
        {
            Rule rule = new(added.Slice(at, end - at), _table.Layout);
            at += rule.Bytes.Length;
            ReadOnlySpan<byte> narrowed = Narrow(rule).Bytes;
            int place = added.Length;
            added.SetLength(place + narrowed.Length);
            narrowed.CopyTo(added.Slice(place, narrowed.Length));
        }

        run.Offset = start;
        run.Length = added.Length - start;
    }

    /// <summary>The rule with everything narrowed that the kernel lacks; valid until the next call.</summary>
    private Rule Narrow(Rule rule)
    {
        _rule.Begin(rule.Bytes);
        foreach (ExtensionRecord match in rule)
        {
            Add(match, isTarget: false, rule.Line);
        }

        _rule.BeginTarget();
        Add(rule.Target, isTarget: true, rule.Line);
        return _rule.Finish();
    }

    private void Add(ExtensionRecord record, bool isTarget, int line)
    {
        if (record.IsStandardTarget
            || _tables.Extensions.Find(record, isTarget, _widened, out ReadOnlySpan<byte> payload) is not { } extension
            || record.Revision != extension.Revision || LayoutFor(extension) is not { } older)
        {
            record.Bytes.CopyTo(_rule.Add(record.Bytes.Length));
            return;
        }

        Span<byte> place = _rule.Add(ExtensionRecord.SizeFor(older.Size));
        _ = ExtensionRecord.WriteHead(place, Encoding.ASCII.GetBytes(older.KernelNameFor(extension)), older.Revision, older.Size);
        if (older.Narrow(payload, place.Slice(ExtensionRecord.HeadSize, older.Size)) is { } lost)
        {
            string reason = $"{extension.Name}: this kernel has only revision {older.Revision}: {lost}";
            throw new UsageException(reason, ErrorShape.Other) { Line = line };
        }
    }

    /// <summary>The layout that an extension must be narrowed to; null when the kernel has the newest, or none.</summary>
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
}
