using System;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Writes rules as commands: what <c>iptables-save</c> and <c>-S</c> print, and what reading them again makes the same rule of.
/// </summary>
/// <param name="table">The table that the rules are in.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="output">Where to.</param>
public sealed class RuleText(Table table, ExtensionSet extensions, Output output)
{
    private readonly byte[] _scratch = new byte[4096];

    /// <summary>Whether something was written that cannot be read again: a match or target that we do not know.</summary>
    public bool MetUnknown { get; private set; }

    /// <summary>Writes a rule as <c>-A CHAIN ...</c>, and ends the line.</summary>
    /// <param name="chain">Its chain.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="showCounters">Whether <c>-c packets bytes</c> stands in it.</param>
    public void Write(Chain chain, Rule rule, bool showCounters)
    {
        output.Write("-A "u8);
        output.Write(chain.Name);
        WriteHead(rule);
        Format format = new(rule.Family, rule.Protocol, IsNumeric: true, IsListing: false);
        foreach (ExtensionRecord match in rule)
        {
            WriteRecord(" -m "u8, match, isTarget: false, format);
        }

        if (showCounters)
        {
            output.Write(" -c "u8);
            output.WriteNumber(rule.Counters.Pcnt);
            output.Write((byte)' ');
            output.WriteNumber(rule.Counters.Bcnt);
        }

        WriteTarget(rule, format);
        output.Write((byte)'\n');
    }

    private void WriteHead(Rule rule)
    {
        Inversions inverted = rule.Inversions;
        WriteAddress("-s "u8, rule.Source, rule.SourceMask, (inverted & Inversions.Source) != 0);
        WriteAddress("-d "u8, rule.Destination, rule.DestinationMask, (inverted & Inversions.Destination) != 0);
        WriteInterface("-i "u8, rule.InInterface, rule.InInterfaceMask, (inverted & Inversions.InInterface) != 0);
        WriteInterface("-o "u8, rule.OutInterface, rule.OutInterfaceMask, (inverted & Inversions.OutInterface) != 0);
        if (rule.Protocol != 0)
        {
            output.Write((inverted & Inversions.Protocol) != 0 ? " ! -p "u8 : " -p "u8);
            ProtocolText.WriteName(rule.Protocol, output);
        }

        if (rule.Family.HasFragmentFlag && (rule.Flags & RuleFlags.FragmentOrProtocol) != 0)
        {
            output.Write((inverted & Inversions.Fragment) != 0 ? " ! -f"u8 : " -f"u8);
        }
    }

    private void WriteAddress(ReadOnlySpan<byte> option, ReadOnlySpan<byte> address, ReadOnlySpan<byte> mask, bool isInverted)
    {
        if (!isInverted && Addresses.IsZero(mask) && Addresses.IsZero(address))
        {
            return;
        }

        output.Write(isInverted ? " ! "u8 : " "u8);
        output.Write(option);
        Addresses.Write(output, address);
        Addresses.WriteMask(output, mask, evenIfFull: true);
    }

    private void WriteInterface(ReadOnlySpan<byte> option, ReadOnlySpan<byte> name, ReadOnlySpan<byte> mask, bool isInverted)
    {
        if (mask[0] == 0 && !isInverted)
        {
            return;
        }

        output.Write(isInverted ? " ! "u8 : " "u8);
        output.Write(option);
        InterfaceText.Write(output, name, mask);
    }

    private void WriteTarget(Rule rule, in Format format)
    {
        ExtensionRecord target = rule.Target;
        if (!target.IsStandardTarget)
        {
            WriteRecord(" -j "u8, target, isTarget: true, format);
            return;
        }

        int verdict = target.Verdict;
        if (verdict != Verdict.Continue)
        {
            output.Write(rule.IsGoto ? " -g "u8 : " -j "u8);
            WriteVerdict(verdict);
        }
    }

    private void WriteVerdict(int verdict)
    {
        if (table.JumpTarget(verdict) is { } chain)
        {
            output.Write(chain.Name);
        }
        else if (StandardVerdict.Name(verdict) is { IsEmpty: false } name)
        {
            output.Write(name);
        }
        else
        {
            MetUnknown = true;
            output.Write("[unknown verdict "u8);
            output.WriteNumber((long)verdict);
            output.Write((byte)']');
        }
    }

    private void WriteRecord(ReadOnlySpan<byte> option, ExtensionRecord record, bool isTarget, in Format format)
    {
        output.Write(option);
        Extension? extension = extensions.Find(record, isTarget, _scratch, out ReadOnlySpan<byte> payload);
        if (extension is null)
        {
            MetUnknown = true;
            UnknownText.Write(output, record);
            return;
        }

        output.Write(extension.Name);
        extension.Save(payload, output, format);
    }
}
