using System;

namespace Sharptables.Model;

/// <summary>The bytes of one rule after another, put together part by part: head, matches, target.</summary>
/// <param name="layout">The family's layout.</param>
internal sealed class RuleBytes(RuleLayout layout)
{
    private byte[] _bytes = new byte[512];
    private int _targetOffset;

    /// <summary>The size so far, in bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The head of the rule.</summary>
    public Span<byte> Head => _bytes.AsSpan(0, layout.HeadSize);

    /// <summary>Begins another rule with an empty head.</summary>
    public void Begin()
    {
        Head.Clear();
        Length = layout.HeadSize;
    }

    /// <summary>Begins another rule with its head; the sizes in it need not be right.</summary>
    public void Begin(ReadOnlySpan<byte> head)
    {
        head[..layout.HeadSize].CopyTo(_bytes);
        Length = layout.HeadSize;
    }

    /// <summary>Room for a match, or for the target after <see cref="BeginTarget"/>; it holds whatever was there before.</summary>
    public Span<byte> Add(int size)
    {
        int at = Length;
        if (_bytes.Length - at < size)
        {
            Grow(at + size);
        }

        Length = at + size;
        return _bytes.AsSpan(at, size);
    }

    /// <summary>What was added from there on.</summary>
    public Span<byte> From(int offset) => _bytes.AsSpan(offset..Length);

    /// <summary>Adds a verdict as the target.</summary>
    public void AddVerdict(int verdict)
    {
        BeginTarget();
        Span<byte> target = Add(RuleLayout.StandardTargetSize);
        _ = ExtensionRecord.WriteHead(target, [], revision: 0, payloadSize: 4);
        new ExtensionRecord(target).Verdict = verdict;
    }

    /// <summary>The next part is the target.</summary>
    public void BeginTarget() => _targetOffset = Length;

    /// <summary>The finished rule; valid until the next one begins.</summary>
    public Rule Finish()
    {
        Rule.WriteSize(_bytes, layout, Length);
        return new Rule(_bytes, layout) { TargetOffset = _targetOffset };
    }

    private void Grow(int needed) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, needed));
}
