using System;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Extensions;

/// <summary>
/// Builds a rule: its head, the payloads of its matches and target, and at the end the bytes for the kernel.
/// </summary>
internal sealed class RuleBuilder
{
    private const int MaxRule = ushort.MaxValue;

    private readonly RuleLayout _layout;
    private readonly RuleBytes _rule;
    private byte[] _payloads = new byte[512];
    private int _payloadLength;
    private ExtensionInUse[] _inUse = new ExtensionInUse[8];

    /// <param name="family">The family.</param>
    /// <param name="head">The head of its rules.</param>
    public RuleBuilder(Family family, Extension head)
    {
        _layout = family.Layout;
        _rule = new RuleBytes(_layout);
        _inUse[0] = new ExtensionInUse(head, payloadOffset: 0);
        Context = new RuleInProgress { Family = family };
        Clear();
    }

    /// <summary>What is known of the rule so far.</summary>
    public RuleInProgress Context { get; }

    /// <summary>The number of parts: head, matches and target.</summary>
    public int Count { get; private set; }

    /// <summary>The head; sizes are not set.</summary>
    public Rule Head => new(_payloads, _layout);

    /// <summary>A part: the head, then matches and target in the order in which they were added.</summary>
    public ref ExtensionInUse this[int index] => ref _inUse[index];

    /// <summary>The target, if it is an extension, or null.</summary>
    public Extension? Target
    {
        get
        {
            for (int i = 1; i < Count; i++)
            {
                if (_inUse[i].Extension.IsTarget)
                {
                    return _inUse[i].Extension;
                }
            }

            return null;
        }
    }

    public void Clear()
    {
        Span<byte> head = _payloads.AsSpan(0, _layout.HeadSize);
        head.Clear();
        Rule.WriteSize(head, _layout, head.Length);
        Count = 1;
        _payloadLength = head.Length;
        _inUse[0].Extension.Begin(head[.._layout.ConditionsSize]);
        _inUse[0].Given = 0;
        Context.Clear();
    }

    /// <summary>Removes the matches and the target; the head stays.</summary>
    public void Rewind()
    {
        Context.Alternatives.Clear();
        for (int i = 1; i < Count; i++)
        {
            _inUse[i].Extension.Begin(Payload(i));
        }
    }

    /// <summary>Adds a match or the target.</summary>
    public void Add(Extension extension)
    {
        int size = (extension.SizeInProgress + 7) & ~7;
        if (_payloadLength + size > _payloads.Length)
        {
            Array.Resize(ref _payloads, Math.Max(_payloads.Length * 2, _payloadLength + size));
        }

        if (Count == _inUse.Length)
        {
            Array.Resize(ref _inUse, Count * 2);
        }

        _inUse[Count] = new ExtensionInUse(extension, _payloadLength);
        _payloadLength += size;
        extension.Begin(Payload(Count++));
    }

    /// <summary>The payload of a part, in the newest layout, and what it needs behind it (<see cref="Extension.SizeInProgress"/>).</summary>
    public Span<byte> Payload(int index)
    {
        ref ExtensionInUse part = ref _inUse[index];
        return _payloads.AsSpan(part.PayloadOffset, part.Size);
    }

    /// <summary>Writes the values of one of several rules into the head.</summary>
    public void Choose(long rule) => Context.Alternatives.Put(rule, Payload(0));

    /// <summary>The finished rule; valid until the next one is built.</summary>
    /// <param name="verdict">The verdict or jump of the standard target; null when the target is an extension.</param>
    /// <param name="counters">The initial counters.</param>
    public Rule Build(int? verdict, XtCounters counters)
    {
        _rule.Begin(_payloads);
        bool hasWatcher = false;
        for (int i = 1; i < Count; i++)
        {
            if (_inUse[i].Extension is { IsTarget: false, IsWatcher: var isWatcher })
            {
                hasWatcher |= isWatcher;
                if (!isWatcher)
                {
                    AddRecord(i);
                }
            }
        }

        for (int i = 1; hasWatcher && i < Count; i++)
        {
            if (_inUse[i].Extension is { IsTarget: false, IsWatcher: true })
            {
                AddRecord(i);
            }
        }

        if (verdict is { } value)
        {
            _rule.AddVerdict(value);
        }
        else
        {
            _rule.BeginTarget();
            for (int i = 1; i < Count; i++)
            {
                if (_inUse[i].Extension.IsTarget)
                {
                    AddRecord(i);
                }
            }
        }

        if (_rule.Length > MaxRule)
        {
            throw new UsageException($"the rule is too long: {_rule.Length} bytes, the kernel takes {MaxRule}", ErrorShape.Other);
        }

        Rule rule = _rule.Finish();
        rule.Counters = counters;
        return rule;
    }

    private void AddRecord(int index)
    {
        Extension extension = _inUse[index].Extension;
        ReadOnlySpan<byte> head = extension.RecordHead;
        ReadOnlySpan<byte> payload = Payload(index);
        payload = payload[..extension.SizeOf(payload)];
        Span<byte> record = _rule.Add(ExtensionRecord.SizeFor(payload.Length));
        head.CopyTo(record);
        ExtensionRecord.WriteSize(record);
        payload.CopyTo(record[head.Length..]);
        record[(head.Length + payload.Length)..].Clear();
    }
}
