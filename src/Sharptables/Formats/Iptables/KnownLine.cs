using System;
using System.Collections.Generic;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// A line that has been understood, to understand the next ones like it by. Rules of a large table come in few forms: a line with
/// the same text but for its chains, addresses and values of options means the same but for those, and need not be taken apart.
/// </summary>
/// <param name="family">The family.</param>
internal sealed class KnownLine(Family family)
{
    private readonly Words _words = new();
    private readonly List<Slot> _slots = [];
    private readonly List<int> _slotOfWord = [];
    private readonly byte[] _names = new byte[2 * RuleLayout.MaxChainName];
    private byte[] _line = [];

    /// <summary>What the line means; understanding another line by this one changes it.</summary>
    public Command Command { get; } = new(family);

    /// <summary>The options of extensions that were given.</summary>
    public List<OptionUse> Uses { get; } = [];

    /// <summary>The chain.</summary>
    public Word Chain { get; private set; }

    /// <summary>The chain that is jumped to, or none when the target is something else.</summary>
    public Word Jump { get; private set; }

    /// <summary>The sources, or none.</summary>
    public Word Sources { get; private set; }

    /// <summary>The destinations, or none.</summary>
    public Word Destinations { get; private set; }

    /// <summary>Keeps a line that <see cref="Command"/> was read from.</summary>
    public void Keep(ReadOnlySpan<byte> line, Words words, List<OptionUse> uses, Word chain, Word jump, Word sources, Word destinations)
    {
        Forget();
        for (int i = 0; i < words.Count; i++)
        {
            _words.Add(words.Span(i));
            _slotOfWord.Add(-1);
        }

        Uses.AddRange(uses);
        Chain = chain;
        Jump = jump;
        Sources = sources;
        Destinations = destinations;
        MayDiffer(chain);
        MayDiffer(jump);
        MayDiffer(sources);
        MayDiffer(destinations);
        foreach (OptionUse use in uses)
        {
            // Where a word may be left out, another one in its place may be no value.
            MayDiffer(use.Option.MayLackWord ? Word.None : use.Value);
        }

        if (FindSlots(line, words))
        {
            _line = line.ToArray();
            Rename(words.Span(chain), jump.IsNone ? Command.Target.ToArray() : words.Span(jump));
        }
        else
        {
            Forget();
        }
    }

    /// <summary>Gives the command the names of a chain and of a target, which outlive the line.</summary>
    public void Rename(ReadOnlySpan<byte> chain, ReadOnlySpan<byte> target)
    {
        chain.CopyTo(_names);
        target.CopyTo(_names.AsSpan(RuleLayout.MaxChainName));
        Command.Chain = _names.AsMemory(0, chain.Length);
        Command.Target = _names.AsMemory(RuleLayout.MaxChainName, target.Length);
    }

    /// <summary>Forgets the line.</summary>
    public void Forget()
    {
        _words.Clear();
        _slots.Clear();
        _slotOfWord.Clear();
        Uses.Clear();
        _line = [];
    }

    /// <summary>Whether a line has the same text, but for addresses and values; finds where those stand.</summary>
    public bool IsLike(ReadOnlySpan<byte> line)
    {
        if (_line.Length == 0)
        {
            return false;
        }

        int from = 0;
        int at = 0;
        for (int i = 0; i < _slots.Count; i++)
        {
            Slot slot = _slots[i];
            ReadOnlySpan<byte> fixedText = _line.AsSpan(from, slot.Start - from);
            if (!line[at..].StartsWith(fixedText))
            {
                return false;
            }

            at += fixedText.Length;
            if (!TryScan(line, at, out int start, out int length, out int next))
            {
                return false;
            }

            slot.Found = start;
            slot.FoundLength = length;
            _slots[i] = slot;
            from = slot.End;
            at = next;
        }

        return line[at..].SequenceEqual(_line.AsSpan(from));
    }

    /// <summary>The text of a word: of the line last compared where lines may differ, else of the line that was kept.</summary>
    public ReadOnlySpan<byte> TextOf(Word word, ReadOnlySpan<byte> line)
    {
        if (word.IsNone)
        {
            return default;
        }

        int slot = word.Offset == 0 ? _slotOfWord[word.Index] : -1;
        return slot < 0 ? _words.Span(word) : line.Slice(_slots[slot].Found, _slots[slot].FoundLength);
    }

    private void MayDiffer(Word word)
    {
        if (word is { IsNone: false, Offset: 0 })
        {
            _slotOfWord[word.Index] = 0;
        }
    }

    /// <summary>
    /// Finds where the words that may differ stand in the line; false when one is written in a way that another line's could not be
    /// found by.
    /// </summary>
    private bool FindSlots(ReadOnlySpan<byte> line, Words words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (_slotOfWord[i] < 0)
            {
                continue;
            }

            int start = words.StartInText(i);
            if (start == 0 || line[start - 1] != ' ' || !TryScan(line, start, out int textStart, out int length, out int next) ||
                !line.Slice(textStart, length).SequenceEqual(words.Span(i)))
            {
                return false;
            }

            _slotOfWord[i] = _slots.Count;
            _slots.Add(new Slot { Start = start, End = next });
        }

        return true;
    }

    /// <summary>
    /// Finds the word at a place: a plain one, or one within quotes and without backslashes or zero bytes, that a blank or the end
    /// follows.
    /// </summary>
    private static bool TryScan(ReadOnlySpan<byte> line, int at, out int start, out int length, out int next)
    {
        start = at;
        ReadOnlySpan<byte> rest = line[at..];
        if (rest is [(byte)'"', ..])
        {
            start++;
            length = rest[1..].IndexOfAny((byte)'"', (byte)'\\', (byte)0);
            next = start + length + 1;
            return length >= 0 && line[start + length] == '"' && (next == line.Length || line[next] == ' ');
        }

        length = 0;
        while (length < rest.Length && rest[length] > '"')
        {
            length++;
        }

        next = at + length;
        return length > 0 && (next == line.Length || line[next] == ' ');
    }

    /// <summary>A word that may differ from line to line.</summary>
    private struct Slot
    {
        /// <summary>Where it begins in the line that was kept, with its quotes.</summary>
        public int Start;

        /// <summary>Where it ends.</summary>
        public int End;

        /// <summary>Where its text begins in the line last compared.</summary>
        public int Found;

        /// <summary>How long its text is there.</summary>
        public int FoundLength;
    }
}
