using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// A line that has been read, to read the next ones like it by: rules of a large table come in few forms. A line that differs from it
/// only in the values of options has the same options, and need not be taken apart again; those whose values differ, and those of
/// extensions, are taken anew.
/// </summary>
/// <param name="extensions">The extensions of the family.</param>
internal sealed class KnownLine(ExtensionSet extensions)
{
    private readonly List<Slot> _slots = [];
    private byte[] _line = [];
    private bool _hasCounters;
    private int _tail;

    /// <summary>The options.</summary>
    public Uses Uses { get; } = new() { AreKnown = true };

    /// <summary>The words: those of the line that was kept, with the values of the line last found to be like it.</summary>
    public Words Words { get; } = new();

    /// <summary>What the line means; reading another line by this one changes it.</summary>
    public Command Command { get; } = new(extensions.Family);

    /// <summary>Forgets the line, for another.</summary>
    public void Forget()
    {
        _line = [];
        Words.Clear();
    }

    /// <summary>Keeps the line that <see cref="Words"/> are those of, and <see cref="Command"/> has been read from.</summary>
    /// <param name="line">The line.</param>
    /// <param name="hasCounters">Whether three words about counters stand before those of the line.</param>
    /// <param name="uses">What the words say.</param>
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
                Forget(); // an option before it did not know yet what would be known when it is taken again
                return;
            }

            Uses.Add(use with { IsSettled = isOfLine && !differs && use.Extension == 0 && use.Own is not { IsCommand: true } });
        }
    }

    /// <summary>Whether a line has the same text, but for values; if so, <see cref="Words"/> has them.</summary>
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

    /// <summary>Whether a word in the place of a value leaves the options what they are. A verdict does, too, but is a common part of a form.</summary>
    private bool MayStand(ReadOnlySpan<byte> word, bool isTarget) =>
        isTarget ? !StandardVerdict.TryParse(word, out _) && extensions.Find(word, isTarget: true) is null : word is not [(byte)'!'];

    private static bool IsNumber(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>Lets a word differ, unless it is written in a way that another line's could not be found by.</summary>
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
            if (!IsNumber(packets) || !IsNumber(bytes))
            {
                return false;
            }

            _ = Words.AddText(packets);
            Words.Replace(1, 0, packets.Length);
            _ = Words.AddText(bytes);
            Words.Replace(2, 0, bytes.Length);
        }

        _ = Words.AddText(line);
        foreach (ref readonly Slot slot in CollectionsMarshal.AsSpan(_slots))
        {
            Words.Replace(slot.Word, slot.Found, slot.FoundLength);
        }

        return true;
    }

    /// <summary>A word that may differ from line to line.</summary>
    private struct Slot
    {
        /// <summary>Which word it is.</summary>
        public int Word;

        /// <summary>Where it begins in the line that was kept, with its quotes.</summary>
        public int Start;

        /// <summary>Where it ends.</summary>
        public int End;

        /// <summary>Whether it is what <c>-j</c> jumps to, and no extension.</summary>
        public bool IsTarget;

        /// <summary>Where its text begins in the line last compared.</summary>
        public int Found;

        /// <summary>How long its text is there.</summary>
        public int FoundLength;
    }
}
