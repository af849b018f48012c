using System;
using System.Collections.Generic;
using Sharptables.Formats.Iptables;
using Sharptables.Text;

namespace Sharptables.Formats.Xml;

internal sealed partial class XmlText
{
    /// <summary>The number of words before the conditions: -A and the chain.</summary>
    private const int FirstCondition = 2;

    private readonly List<bool> _isQuoted = [];
    private Words _words = new();
    private Words _previous = new();

    /// <summary>The index of the rule's first action.</summary>
    private int _actions;

    /// <summary>The index of the previous rule's first action; 0 when no action can be added to it.</summary>
    private int _previousActions;

    private void WriteRule()
    {
        Split(line.ReadRule(out ReadOnlySpan<byte> packets, out ReadOnlySpan<byte> bytes));
        if (bytes.IsEmpty && !packets.IsEmpty)
        {
            throw line.BadCounters();
        }

        if (_words.Count < FirstCondition || !_words.Span(0).SequenceEqual("-A"u8))
        {
            throw line.Failed("Only -A, which iptables-save writes, can be a rule in XML; -A and the chain come first.", " - no chain found");
        }

        _actions = FirstCondition;
        while (_actions < _words.Count && !IsAction(_actions))
        {
            _actions++;
        }

        if (IsSameRule())
        {
            output.Write("<!-- Combine action from next rule -->\n"u8);
        }
        else
        {
            OpenRule(packets, bytes);
        }

        WriteGroups(_actions, _words.Count);
        _previousActions = TakesMoreActions() ? _actions : 0;
        (_words, _previous) = (_previous, _words);
    }

    private void OpenRule(ReadOnlySpan<byte> packets, ReadOnlySpan<byte> bytes)
    {
        CloseRule();
        OpenChain(_words.Span(1));
        _isRuleOpen = true;
        output.Write("      <rule "u8);
        if (!packets.IsEmpty)
        {
            output.Write("packet-count=\""u8);
            WriteEscaped(packets);
            output.Write("\" byte-count=\""u8);
            WriteEscaped(bytes);
            output.Write("\" "u8);
        }

        output.Write(">\n"u8);
        if (_actions > FirstCondition)
        {
            output.Write("       <conditions>\n"u8);
            WriteGroups(FirstCondition, _actions);
            output.Write("       </conditions>\n"u8);
        }

        output.Write("       <actions>\n"u8);
    }

    private void CloseRule()
    {
        _previousActions = 0;
        if (_isRuleOpen)
        {
            _isRuleOpen = false;
            output.Write("       </actions>\n\n      </rule>\n\n"u8);
        }
    }

    private void Split(ReadOnlySpan<byte> rule)
    {
        _words.Clear();
        RestoreWords.Split(rule, _words);
        _isQuoted.Clear();
        for (int i = 0; i < _words.Count; i++)
        {
            int end = i + 1 < _words.Count ? _words.StartInText(i + 1) : rule.Length;
            _isQuoted.Add(rule[_words.StartInText(i)..end].Contains((byte)'"'));
        }
    }

    /// <summary>Whether the rule has the chain and conditions of the one before, which continues after its action.</summary>
    private bool IsSameRule()
    {
        if (_actions != _previousActions || _actions == _words.Count)
        {
            return false;
        }

        for (int i = 1; i < _actions; i++)
        {
            if (!_words.Span(i).SequenceEqual(_previous.Span(i)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the next rule may be merged into this one: not after a verdict, nor if there are no conditions.</summary>
    private bool TakesMoreActions()
    {
        if (!CombinesActions || _actions == FirstCondition || _actions == _words.Count || IsGoto(_actions))
        {
            return false;
        }

        ReadOnlySpan<byte> target = _words.Span(_actions + 1);
        return !(target.SequenceEqual("ACCEPT"u8) || target.SequenceEqual("DROP"u8)
            || target.SequenceEqual("QUEUE"u8) || target.SequenceEqual("RETURN"u8));
    }

    private bool IsOption(int index) => !_isQuoted[index] && _words.Span(index) is [(byte)'-', ..];

    private bool IsGoto(int index) => _words.Span(index).SequenceEqual("-g"u8) || _words.Span(index).SequenceEqual("--goto"u8);

    /// <summary>Whether a word is -j or -g and a target follows.</summary>
    private bool IsAction(int index) =>
        IsOption(index) && index + 1 < _words.Count
        && (_words.Span(index).SequenceEqual("-j"u8) || _words.Span(index).SequenceEqual("--jump"u8) || IsGoto(index));

    /// <summary>Writes conditions or actions: an element for each match or target, containing one for each of its options.</summary>
    private void WriteGroups(int index, int end)
    {
        ReadOnlySpan<byte> open = default;
        bool isText = false;
        for (bool isInverted = false; index < end;)
        {
            bool isAction = IsAction(index);
            if (isAction || IsMatch(index, end))
            {
                CloseGroup(open);
                open = OpenGroup(index, end, isAction);
                index += 2;
            }
            else if (IsOption(index))
            {
                if (open.IsEmpty)
                {
                    output.Write("        <match >\n"u8);
                    open = "match"u8;
                }

                index = WriteOption(index, end, isInverted);
                isInverted = false;
            }
            else if (IsInversion(index, end))
            {
                isInverted = true;
                index++;
            }
            else
            {
                WriteText(index++, isText);
                isText = true;
                continue;
            }

            isText = false;
        }

        CloseGroup(open);
    }

    /// <summary>
    /// Whether a word is -m and a name follows. After an action, -m is an option of that: its element would look like an action's.
    /// </summary>
    private bool IsMatch(int index, int end) =>
        IsOption(index) && _words.Span(index).SequenceEqual("-m"u8) && index + 1 < end && index < _actions;

    /// <summary>Whether a word is the <c>!</c> of the option after it.</summary>
    private bool IsInversion(int index, int end) =>
        !_isQuoted[index] && _words.Span(index).SequenceEqual("!"u8)
        && index + 1 < end && IsOption(index + 1) && !IsMatch(index + 1, end) && !IsAction(index + 1);

    /// <summary>Writes the start tag for a match or target, or the whole element if it has no options.</summary>
    /// <returns>The name for the end tag; empty when the element is complete.</returns>
    private ReadOnlySpan<byte> OpenGroup(int index, int end, bool isAction)
    {
        ReadOnlySpan<byte> name = _words.Span(index + 1);
        if (isAction && (IsGoto(index) || FindChain(name) is not null))
        {
            ReadOnlySpan<byte> kind = IsGoto(index) ? "goto"u8 : "call"u8;
            output.Write("        <"u8);
            output.Write(kind);
            output.Write(" >\n          <"u8);
            WriteName(name, "chain"u8);
            output.Write(" />\n"u8);
            return kind;
        }

        output.Write("        <"u8);
        ReadOnlySpan<byte> element = WriteName(name, isAction ? "target"u8 : "match"u8);
        bool isEmpty = index + 2 >= end || IsAction(index + 2) || IsMatch(index + 2, end);
        output.Write(isEmpty ? "  />\n"u8 : " >\n"u8);
        return isEmpty ? default : element;
    }

    private void CloseGroup(ReadOnlySpan<byte> name)
    {
        if (!name.IsEmpty)
        {
            output.Write("        </"u8);
            output.Write(name);
            output.Write(">\n"u8);
        }
    }

    /// <summary>Writes an option and its words, up to the next option.</summary>
    /// <returns>The index of the word after them.</returns>
    private int WriteOption(int index, int end, bool isInverted)
    {
        output.Write("          <"u8);
        ReadOnlySpan<byte> element = WriteOptionName(_words.Span(index++));
        output.Write(isInverted ? "  invert=\"1\""u8 : " "u8);
        if (index >= end || _words.Span(index) is [(byte)'-', ..])
        {
            output.Write(" />\n"u8);
            return index;
        }

        output.Write(">"u8);
        for (bool isFirst = true; index < end && !IsOption(index) && !IsInversion(index, end); isFirst = false)
        {
            WriteText(index++, !isFirst);
        }

        output.Write("</"u8);
        output.Write(element);
        output.Write(">\n"u8);
        return index;
    }

    private void WriteText(int index, bool isBehindText)
    {
        if (isBehindText)
        {
            output.Write((byte)' ');
        }

        ReadOnlySpan<byte> quote = _isQuoted[index] ? "&quot;"u8 : default;
        output.Write(quote);
        WriteEscaped(_words.Span(index));
        output.Write(quote);
    }
}
