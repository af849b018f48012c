using System;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Writes chains as <c>-L</c> does: columns with titles; and <c>-v</c>'s line for a rule that changes.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="options"><c>-n</c>, <c>-x</c>, <c>--line-numbers</c>.</param>
/// <param name="isVerbose">Whether <c>-v</c> was given.</param>
/// <param name="output">Where to write.</param>
internal sealed class Listing(Table table, ExtensionSet extensions, CommandOptions options, bool isVerbose, Output output) : IListing
{
    private readonly bool _isNumeric = (options & CommandOptions.Numeric) != 0;
    private readonly bool _isExact = (options & CommandOptions.Exact) != 0;
    private readonly bool _hasLineNumbers = (options & CommandOptions.LineNumbers) != 0;
    private readonly byte[] _scratch = new byte[Extension.LargestPayload];
    private readonly Output _number = new(Output.Kept);

    /// <inheritdoc/>
    public void WriteTable()
    {
    }

    /// <inheritdoc/>
    public void WriteChange(Rule rule, ReadOnlySpan<byte> target)
    {
        int start = output.Length;
        output.Write(rule.Target.IsStandardTarget ? target : rule.Target.Name); // the kernel's name, as in a listing
        output.Write((byte)' ');
        extensions.Head.Columns!.WriteChange(rule.Conditions, output);
        output.Write("  "u8);
        WriteExtensions(rule, isNumeric: true);
        MessageText.ShowFrom(output, start);
        output.Write((byte)'\n');
    }

    /// <summary>Writes a counter in its column, abbreviated to thousands, millions and so on unless <c>-x</c> was given.</summary>
    private void WriteCounter(ulong count)
    {
        _number.Clear();
        WriteCount(_number, count, _isExact);
        for (int missing = (_isExact ? 8 : 5) - _number.Length; missing > 0; missing--)
        {
            output.Write((byte)' ');
        }

        output.Write(_number.Written);
        output.Write((byte)' ');
    }

    private static void WriteCount(Output output, ulong count, bool isExact)
    {
        if (isExact || count <= 99999)
        {
            output.WriteNumber(count);
            return;
        }

        ReadOnlySpan<byte> units = "KMGT"u8;
        for (int unit = 0; ; unit++)
        {
            count = unchecked(count + 500) / 1000; // rounded at each step, and wrapped, as iptables does
            if (count <= 9999 || unit == units.Length - 1)
            {
                output.WriteNumber(count);
                output.Write(units[unit]);
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void WriteTitle(Chain chain)
    {
        WriteTitle(table, chain, isVerbose, _isExact, output);
        if (_hasLineNumbers)
        {
            output.Write("num  "u8);
        }

        if (isVerbose)
        {
            output.Write(_isExact ? "    pkts      bytes "u8 : " pkts bytes "u8);
        }

        output.Write("target     "u8);
        extensions.Head.Columns!.WriteTitles(output, isVerbose);
    }

    /// <summary>Writes the line in front of a chain.</summary>
    internal static void WriteTitle(Table table, Chain chain, bool isVerbose, bool isExact, Output output)
    {
        output.Write("Chain "u8);
        MessageText.Show(chain.Name, output);
        if (chain.IsBuiltIn)
        {
            output.Write(" (policy "u8);
            output.Write(StandardVerdict.Name(chain.Policy));
            if (isVerbose)
            {
                output.Write((byte)' ');
                WriteCount(output, chain.PolicyCounters.Packets, isExact);
                output.Write(" packets, "u8);
                WriteCount(output, chain.PolicyCounters.Bytes, isExact);
                output.Write(" bytes"u8);
            }
        }
        else
        {
            output.Write(" ("u8);
            output.WriteNumber((ulong)table.References(chain));
            output.Write(" references"u8);
        }

        output.Write(")\n"u8);
    }

    /// <inheritdoc/>
    public void WriteRow(Rule rule, uint number)
    {
        int start = output.Length;
        if (_hasLineNumbers)
        {
            output.WriteNumber((ulong)number);
            output.PadFrom(start, 4);
            output.Write((byte)' ');
        }

        if (isVerbose)
        {
            WriteCounter(rule.Counters.Packets);
            WriteCounter(rule.Counters.Bytes);
        }

        int field = output.Length;
        WriteTargetName(rule);
        output.PadFrom(field, 9);
        output.Write((byte)' ');
        extensions.Head.Columns!.WriteColumns(rule.Conditions, output, new Format(rule.Family, extensions.Names, rule.Protocol, _isNumeric, IsListing: true), isVerbose);
        WriteExtensions(rule, _isNumeric);
        MessageText.ShowFrom(output, start);
        output.Write((byte)'\n');
    }

    private void WriteTargetName(Rule rule)
    {
        ExtensionRecord target = rule.Target;
        if (ForeignRule.Is(target))
        {
            return; // its text follows the columns
        }

        if (!target.IsStandardTarget)
        {
            output.Write(target.Name); // the kernel's name for it: CT, where a rule is saved as NOTRACK
        }
        else if (table.JumpTarget(target.Verdict) is { } chain)
        {
            output.Write(chain.Name);
        }
        else
        {
            output.Write(StandardVerdict.Name(target.Verdict));
        }
    }

    private void WriteExtensions(Rule rule, bool isNumeric)
    {
        if (rule.IsGoto)
        {
            output.Write("[goto] "u8);
        }

        Format format = new(rule.Family, extensions.Names, rule.Protocol, isNumeric, IsListing: true);
        foreach (ExtensionRecord match in rule)
        {
            WriteRecord(match, isTarget: false, format);
        }

        if (ForeignRule.Is(rule.Target))
        {
            output.Write((byte)' ');
            output.Write(ForeignRule.Mark);
            output.Write(ForeignRule.TextOf(rule.Target));
        }
        else if (!rule.Target.IsStandardTarget)
        {
            WriteRecord(rule.Target, isTarget: true, format);
        }
    }

    private void WriteRecord(ExtensionRecord record, bool isTarget, in Format format)
    {
        Extension? extension = extensions.Find(record, isTarget, _scratch, out ReadOnlySpan<byte> payload);
        if (extension is null)
        {
            output.Write((byte)' ');
            UnknownText.Write(output, record);
        }
        else
        {
            extension.List(payload, output, format);
        }
    }
}
