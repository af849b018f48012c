using System;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Extensions;

/// <summary>
/// Puts a rule together: its head, the payloads of its matches and target, and at the end the bytes that the kernel gets.
/// </summary>
/// <param name="family">The family.</param>
public sealed class RuleBuilder(Family family)
{
    private const int MaxRule = ushort.MaxValue;

    private readonly RuleLayout _layout = new(family);
    private readonly byte[] _head = EmptyHead(new RuleLayout(family));
    private byte[] _payloads = new byte[4096];
    private int _payloadLength;
    private byte[] _rule = new byte[4096];
    private ExtensionInUse[] _inUse = new ExtensionInUse[8];

    /// <summary>What is known of the rule so far.</summary>
    public RuleInProgress Context { get; } = new() { Family = family };

    /// <summary>How many matches and targets it has.</summary>
    public int Count { get; private set; }

    /// <summary>The head: addresses, interfaces, protocol. Sizes are not set.</summary>
    public Rule Head => new(_head, _layout);

    /// <summary>A match or target, in the order in which they were added.</summary>
    public ref ExtensionInUse this[int index] => ref _inUse[index];

    /// <summary>The target that is an extension, or null.</summary>
    public Extension? Target
    {
        get
        {
            for (int i = 0; i < Count; i++)
            {
                if (_inUse[i].Extension.IsTarget)
                {
                    return _inUse[i].Extension;
                }
            }

            return null;
        }
    }

    /// <summary>Begins a new rule.</summary>
    public void Clear()
    {
        _head.AsSpan().Clear();
        Rule.WriteSize(_head, _layout, _head.Length);
        Count = 0;
        _payloadLength = 0;
        Context.Protocol = 0;
        Context.IsProtocolInverted = false;
    }

    /// <summary>Adds a match, or the target.</summary>
    public void Add(Extension extension)
    {
        int size = (extension.PayloadSize + 7) & ~7;
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
        Restart(Count++);
    }

    /// <summary>Takes back what was read into the payload of a match or target.</summary>
    public void Restart(int index)
    {
        Span<byte> payload = Payload(index);
        _inUse[index].Extension.Begin(payload);
    }

    /// <summary>The payload of a match or target, in its newest layout.</summary>
    public Span<byte> Payload(int index) => _payloads.AsSpan(_inUse[index].PayloadOffset, _inUse[index].Extension.PayloadSize);

    /// <summary>Gives the whole rule; it stays valid until the next one is built.</summary>
    /// <param name="verdict">The verdict or jump of the standard target; null when the target is an extension.</param>
    /// <param name="counters">What it begins to count from.</param>
    public Rule Build(int? verdict, XtCounters counters)
    {
        int length = _head.Length;
        for (int i = 0; i < Count; i++)
        {
            if (!_inUse[i].Extension.IsTarget)
            {
                length += WriteRecord(i, length);
            }
        }

        int targetOffset = length;
        if (verdict is { } value)
        {
            length += ExtensionRecord.WriteHead(Room(length, RuleLayout.StandardTargetSize), [], revision: 0, payloadSize: 4);
            new ExtensionRecord(_rule.AsSpan(targetOffset)).Verdict = value;
        }
        else
        {
            for (int i = 0; i < Count; i++)
            {
                if (_inUse[i].Extension.IsTarget)
                {
                    length += WriteRecord(i, length);
                }
            }
        }

        if (length > MaxRule)
        {
            throw new UsageException($"the rule is too long: {length} bytes, the kernel takes {MaxRule}", ErrorShape.Other);
        }

        _head.CopyTo(_rule.AsSpan());
        Rule.WriteSize(_rule, _layout, length);
        Rule rule = new(_rule, _layout) { TargetOffset = targetOffset };
        rule.Counters = counters;
        return rule;
    }

    private static byte[] EmptyHead(RuleLayout layout)
    {
        byte[] head = new byte[layout.HeadSize];
        Rule.WriteSize(head, layout, head.Length);
        return head;
    }

    private int WriteRecord(int index, int offset)
    {
        Extension extension = _inUse[index].Extension;
        Span<byte> name = stackalloc byte[ExtensionRecord.MaxName];
        int length = System.Text.Encoding.ASCII.GetBytes(extension.KernelName, name);
        Span<byte> record = Room(offset, ExtensionRecord.SizeFor(extension.PayloadSize));
        int size = ExtensionRecord.WriteHead(record, name[..length], extension.Revision, extension.PayloadSize);
        Payload(index).CopyTo(record[ExtensionRecord.HeadSize..]);
        return size;
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
