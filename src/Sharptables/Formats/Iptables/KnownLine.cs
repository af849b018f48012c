using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// A line that has been read, for reading others like it: rules of a large table come in few forms. A line that differs from it only in
/// the values of options has the same options and need not be parsed again; only options whose values differ, and those of extensions,
/// are applied anew.
/// </summary>
/// <param name="extensions">The extensions of the family.</param>
internal sealed class KnownLine(ExtensionSet extensions)
{
    private readonly List<Slot> _slots = [];
    private byte[] _line = [];
    private bool _hasCounters;
    private int _tail;

    public Uses Uses { get; } = new() { AreKnown = true };

    /// <summary>The words of the line that was kept, with the values of the line last compared successfully.</summary>
    public Words Words { get; } = new();

    /// <summary>The command of the line; reading another line like it changes this.</summary>
    public Command Command { get; } = new(extensions.Family);

    public void Forget()
    {
        _line = [];
        Words.Clear();
    }

    /// <summary>Keeps the line whose words are <see cref="Words"/> and whose command is <see cref="Command"/>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="hasCounters">Whether three words for counters precede those of the line.</param>
    /// <param name="uses">Its options.</param>
    public void Keep(ReadOnlySpan<byte> line, bool hasCounters, Uses uses)
    {
        _line = line.ToArray();
        _hasCounters = hasCounters;
        _slots.Clear();
        _tail = Words.TextLength;
        Uses.Clear();
        bool hasExtensions = false;
        for (int i = 0; i < uses.Options.Length; i++)
        {
            ref readonly OptionUse use = ref uses.Options[i];
            bool isOfLine = i > 0 || !hasCounters;
            bool differs = use.MayDiffer && isOfLine && AddSlot(use.Value.Index, use.Own == BaseOptions.Jump);
            hasExtensions |= use.Extension > 0;
            if (hasExtensions && use.Option is { DecidesOptions: true })
            {
                Forget(); // an option before it might mean something else now that this one is known
                return;
            }

            bool isSettled = !isOfLine || (!differs && use.Extension == 0 && use.Own is not { IsCommand: true });
            Uses.Add(use with { IsSettled = isSettled });
        }
    }

    /// <summary>
    /// Whether a line has the same text apart from values; if so, <see cref="Words"/> receives them, and <see cref="Command"/> the counters.
    /// </summary>
    public bool IsLike(ReadOnlySpan<byte> line, ReadOnlySpan<byte> packets, ReadOnlySpan<byte> bytes)
    {
        if (_line.Length == 0 || _hasCounters == packets.IsEmpty)
        {
            return false;
        }

        int from = 0;
        int at = 0;
        foreach (ref Slot slot in CollectionsMarshal.AsSpan(_slots))
        {
            ReadOnlySpan<byte> same = _line.AsSpan(from, slot.Start - from);
            if (!line[at..].StartsWith(same)
                || !RestoreWords.TryFind(line, at + same.Length, out slot.Found, out slot.FoundLength, out at)
                || ((slot.IsTarget || line[at - 1] == '"') && !MayStand(line.Slice(slot.Found, slot.FoundLength), slot.IsTarget)))
            {
                return false;
            }

            from = slot.End;
        }

        return line[at..].SequenceEqual(_line.AsSpan(from)) && TryTake(line, packets, bytes);
    }

    /// <summary>
    /// Whether a word as a value leaves the options as they are. A verdict would as well, but is usually part of the form.
    /// </summary>
    private bool MayStand(ReadOnlySpan<byte> word, bool isTarget) =>
        isTarget ? !StandardVerdict.TryParse(word, out _) && extensions.Find(word, isTarget: true) is null : word is not [(byte)'!'];

    /// <summary>Lets a word vary, unless it is written in a way that cannot be located in another line.</summary>
    private bool AddSlot(int index, bool isTarget)
    {
        int start = Words.StartInText(index);
        if (start == 0 || _line[start - 1] != ' ' || !RestoreWords.TryFind(_line, start, out int found, out int length, out int end)
            || !_line.AsSpan(found, length).SequenceEqual(Words.Span(index)) || !MayStand(Words.Span(index), isTarget))
        {
            return false;
        }

        _slots.Add(new Slot { Word = index, Start = start, End = end, IsTarget = isTarget });
        return true;
    }

    private bool TryTake(ReadOnlySpan<byte> line, ReadOnlySpan<byte> packets, ReadOnlySpan<byte> bytes)
    {
        Words.Truncate(_tail);
        if (_hasCounters)
        {
            if (!CounterText.TryReadPlain(packets, out ulong packetCount) || !CounterText.TryReadPlain(bytes, out ulong byteCount))
            {
                return false;
            }

            Command.Counters = new XtCounters { Packets = packetCount, Bytes = byteCount };
        }

        _ = Words.AddText(line);
        foreach (ref readonly Slot slot in CollectionsMarshal.AsSpan(_slots))
        {
            Words.Replace(slot.Word, slot.Found, slot.FoundLength);
        }

        return true;
    }

    /// <summary>A word that may vary from line to line.</summary>
    private struct Slot
    {
        /// <summary>The number of the word.</summary>
        public int Word;

        /// <summary>Where it begins in the line that was kept, quotes included.</summary>
        public int Start;

        /// <summary>Where it ends.</summary>
        public int End;

        /// <summary>Whether it is the chain that <c>-j</c> jumps to.</summary>
        public bool IsTarget;

        /// <summary>Where its text begins in the line last compared.</summary>
        public int Found;

        /// <summary>The length of its text there.</summary>
        public int FoundLength;
    }
}
