using System;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Reads the save format line by line, and each line part by part on demand. Only this class knows what lines look like and reports those
/// that are malformed; whether a line is allowed in its place is for the caller to decide.
/// </summary>
/// <param name="lines">The lines.</param>
/// <param name="program">The program's name for messages.</param>
internal sealed class SaveReader(LineReader lines, string program)
{
    private int _start;
    private int _end;

    /// <summary>Whether COMMIT takes a line feed, as it does for iptables-xml.</summary>
    public bool NeedsLineFeed { get; init; }

    /// <summary>The kind of the line.</summary>
    public SaveLine Kind { get; private set; }

    /// <summary>The number of the line, from 1; at the end of the input that of the last.</summary>
    public int Line => lines.Number;

    /// <summary>Where the part read last begins in the line, from 1.</summary>
    public int Column => _start + 1;

    /// <summary>The line, without its line feed.</summary>
    public ReadOnlySpan<byte> Text => lines.Line;

    /// <summary>The part of the line that was read last.</summary>
    public ReadOnlySpan<byte> Part => Text[_start.._end];

    /// <summary>Goes to the next line that is not blank; false at the end. (The original takes a line of blanks for a rule.)</summary>
    public bool Read()
    {
        while (lines.Read())
        {
            _start = _end = 0;
            Kind = SaveLine.Rule;
            if (Text is [(byte)'-' or (byte)'[', ..] || TryRecognize())
            {
                return true;
            }
        }

        return false;
    }

    public ReadOnlySpan<byte> ReadTableName() => ReadPart(skip: 1, "table name invalid");

    public ReadOnlySpan<byte> ReadChainName() => ReadPart(skip: 1, "chain name invalid");

    /// <summary>Reads the policy after a chain's name; <c>-</c> for none.</summary>
    public ReadOnlySpan<byte> ReadPolicy() => ReadPart(skip: 0, "policy invalid");

    /// <summary>Reads the counters after the policy, as far as they are numbers.</summary>
    /// <param name="counters">The counters.</param>
    /// <returns>Whether they are well formed.</returns>
    public bool TryReadCounters(out XtCounters counters)
    {
        counters = default;
        ReadOnlySpan<byte> text = Next(skip: 0);
        if (text is not [(byte)'[', .. var inside] || !CounterText.TryRead(inside, out ulong packets))
        {
            return false;
        }

        int colon = inside.IndexOf((byte)':');
        bool hasBytes = CounterText.TryRead(colon < 0 ? default : inside[(colon + 1)..], out ulong bytes);
        counters = new XtCounters { Packets = packets, Bytes = bytes };
        return hasBytes && !inside[..colon].TrimStart("+-"u8).ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>Reads the counters in front of a rule, and the rule.</summary>
    /// <param name="packets">The number of packets; empty when the rule has no counters.</param>
    /// <param name="bytes">The number of bytes.</param>
    /// <returns>The rule.</returns>
    public ReadOnlySpan<byte> ReadRule(out ReadOnlySpan<byte> packets, out ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> line = Text;
        if (line is [(byte)'[', ..])
        {
            return ReadCountedRule(line, out packets, out bytes);
        }

        packets = bytes = default;
        return line;
    }

    /// <summary>The error for a line that fails.</summary>
    /// <param name="hint">Why.</param>
    /// <param name="more">What follows <c>line N failed</c>.</param>
    public UsageException Failed(string? hint, string more = "") => new($"line {Line} failed{more}", ErrorShape.Refused) { Hint = hint };

    /// <summary>The error for a line outside of any table.</summary>
    public UsageException OutsideOfTable(string reason = "") => Failed("It is outside of a table: a line such as *filter begins one, and COMMIT ends it.", reason);

    /// <summary>The error for malformed counters in front of a rule.</summary>
    public UsageException BadCounters() =>
        new($"Bad line {Line}: need ]") { Hint = "A rule's counters are written [packets:bytes] in front of it." };

    /// <summary>The error for counters that <see cref="TryReadCounters"/> did not accept.</summary>
    public UsageException InvalidCounters(ReadOnlySpan<byte> chain) => new($"invalid policy counters for chain '{MessageText.Of(chain)}'")
    {
        Hint = Part.IsEmpty ? "With -c they are required, in the form [packets:bytes]." : $"They are written [packets:bytes], not \"{MessageText.Of(Part)}\".",
    };

    /// <summary>Adds the position to an error.</summary>
    public RestoreException At(UsageException error) => new(Line, Text, error) { Column = Column };

    /// <summary>The error for input that ends within a table.</summary>
    public RestoreException EndsWithinTable(string hint) =>
        new(Line + 1, default, new UsageException($"COMMIT expected at line {Line + 1}", ErrorShape.Refused) { Hint = hint });

    /// <summary>Determines the kind of the line; false when it is blank.</summary>
    private bool TryRecognize()
    {
        ReadOnlySpan<byte> line = Text;
        if (line.Trim(" \t"u8).IsEmpty)
        {
            return false;
        }

        Kind = line[0] switch
        {
            (byte)'#' => SaveLine.Comment,
            (byte)'*' => SaveLine.Table,
            (byte)':' => SaveLine.Chain,
            _ => line.SequenceEqual("COMMIT"u8) && (lines.IsTerminated || !NeedsLineFeed) ? SaveLine.Commit : SaveLine.Rule,
        };
        return true;
    }

    private ReadOnlySpan<byte> ReadCountedRule(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> packets, out ReadOnlySpan<byte> bytes)
    {
        int close = line.IndexOfAny((byte)']', (byte)0);
        ReadOnlySpan<byte> inside = close < 0 || line[close] == 0 ? default : line[1..close];
        int colon = inside.IndexOf((byte)':');
        if (colon <= 0)
        {
            throw BadCounters();
        }

        packets = inside[..colon];
        bytes = inside[(colon + 1)..];
        _start = close + 1;
        return line[_start..];
    }

    private ReadOnlySpan<byte> ReadPart(int skip, string otherwise)
    {
        ReadOnlySpan<byte> part = Next(skip);
        return part.IsEmpty ? throw new UsageException($"{program}: line {Line} {otherwise}") : part;
    }

    /// <summary>Reads up to the next blank; quotes have no meaning here.</summary>
    private ReadOnlySpan<byte> Next(int skip)
    {
        ReadOnlySpan<byte> line = Text;
        RestoreWords.RefuseZero(line);
        ReadOnlySpan<byte> rest = line[(_end + skip)..].TrimStart(" \t"u8);
        int blank = rest.IndexOfAny((byte)' ', (byte)'\t');
        _start = line.Length - rest.Length;
        _end = blank < 0 ? line.Length : _start + blank;
        return Part;
    }
}
