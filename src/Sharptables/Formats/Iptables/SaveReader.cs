using System;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Reads iptables-save's format: line after line, and of a line part after part, as they are asked for. Only here is it known what a
/// line looks like, and what is said of one that does not; whether a line may stand where it does is for those to say who read.
/// </summary>
/// <param name="lines">Where the lines come from.</param>
/// <param name="program">The program's name in messages.</param>
internal sealed class SaveReader(LineReader lines, string program)
{
    private int _start;
    private int _end;

    /// <summary>What the line is.</summary>
    public SaveLine Kind { get; private set; }

    /// <summary>The number of the line, from 1; at the end of the input that of the last one.</summary>
    public int Line => lines.Number;

    /// <summary>Where in the line the part begins that was read last, from 1.</summary>
    public int Column => _start + 1;

    /// <summary>The line, without its line feed.</summary>
    public ReadOnlySpan<byte> Text => lines.Line;

    /// <summary>The part of the line that was read last.</summary>
    public ReadOnlySpan<byte> Part => Text[_start.._end];

    /// <summary>Goes to the next line that is not blank; the original takes blanks alone for a rule.</summary>
    /// <returns>False at the end.</returns>
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

    /// <summary>Takes the name of the table that begins.</summary>
    public ReadOnlySpan<byte> ReadTableName() => ReadPart(skip: 1, "table name invalid");

    /// <summary>Takes the name of the chain.</summary>
    public ReadOnlySpan<byte> ReadChainName() => ReadPart(skip: 1, "chain name invalid");

    /// <summary>Takes the policy behind the chain's name; <c>-</c> is none.</summary>
    public ReadOnlySpan<byte> ReadPolicy() => ReadPart(skip: 0, "policy invalid");

    /// <summary>Takes the counters behind the policy, as far as they are there and are numbers.</summary>
    /// <param name="counters">What they say.</param>
    /// <returns>Whether they are written as they should be.</returns>
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
        counters = new XtCounters { Pcnt = packets, Bcnt = bytes };
        return hasBytes && !inside[..colon].TrimStart("+-"u8).ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>Takes the counters in front of a rule, and the rule behind them.</summary>
    /// <param name="packets">How many packets; empty when the rule has no counters.</param>
    /// <param name="bytes">How many bytes.</param>
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

    /// <summary>The error for a line that cannot be carried out.</summary>
    /// <param name="hint">Why.</param>
    /// <param name="more">What stands behind <c>line N failed</c>.</param>
    public UsageException Failed(string? hint, string more = "") => new($"line {Line} failed{more}", ErrorShape.Refused) { Hint = hint };

    /// <summary>The error for a line that stands where no table has begun.</summary>
    public UsageException OutsideOfTable() => Failed("It stands outside of a table: a line such as *filter begins one, and COMMIT ends it.");

    /// <summary>The error for counters in front of a rule that are none.</summary>
    public UsageException BadCounters() =>
        new($"Bad line {Line}: need ]") { Hint = "A rule's counters are written [packets:bytes] in front of it." };

    /// <summary>The error for counters that <see cref="TryReadCounters"/> found to be none.</summary>
    public UsageException InvalidCounters(ReadOnlySpan<byte> chain) => new($"invalid policy counters for chain '{MessageText.Of(chain)}'")
    {
        Hint = Part.IsEmpty ? "With -c, they must be there, written [packets:bytes]." : $"They are written [packets:bytes], not \"{MessageText.Of(Part)}\".",
    };

    /// <summary>Says of an error where it is.</summary>
    public RestoreException At(UsageException error) => new(Line, Text, error) { Column = Column };

    /// <summary>The error for an input that ends within a table.</summary>
    public RestoreException EndsWithinTable(string hint) =>
        new(Line + 1, default, new UsageException($"COMMIT expected at line {Line + 1}", ErrorShape.Refused) { Hint = hint });

    /// <summary>Finds out what the line is.</summary>
    /// <returns>False when it is blank.</returns>
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
            _ => line.SequenceEqual("COMMIT"u8) && lines.IsTerminated ? SaveLine.Commit : SaveLine.Rule,
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

    /// <summary>Takes what stands up to the next blank; quotes mean nothing here.</summary>
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
