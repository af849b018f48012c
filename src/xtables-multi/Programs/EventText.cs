using System;
using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>Writes events of nf_tables as xtables-monitor does: as commands of iptables, or behind <c># nft:</c> what iptables has no command for.</summary>
internal sealed class EventText
{
    private readonly Output _output = new(StandardStreams.Output);
    private readonly ObjectText _objects;
    private readonly EventRules _rules;
    private readonly TraceText _traces;

    /// <param name="showsCounters">Whether each rule has its counters in front of it.</param>
    public EventText(bool showsCounters)
    {
        _objects = new ObjectText(_output);
        _rules = new EventRules(_output, showsCounters);
        _traces = new TraceText(_output, _rules);
    }

    /// <summary>Writes an event; nothing for one of objects that are not shown.</summary>
    /// <param name="type">What it is: <see cref="NfTables.Message"/>.</param>
    /// <param name="family">The number of its family.</param>
    /// <param name="attributes">The object.</param>
    public void Write(ushort type, byte family, ReadOnlySpan<byte> attributes)
    {
        switch (type)
        {
            case NfTables.Message.NewTable or NfTables.Message.DeleteTable:
                _output.Write(type == NfTables.Message.NewTable ? " EVENT: nft: NEW table: "u8 : " EVENT: nft: DEL table: "u8);
                _objects.WriteTable(family, attributes);
                _output.Write((byte)'\n');
                break;
            case NfTables.Message.NewChain or NfTables.Message.DeleteChain:
                WriteChain(family, attributes, isNew: type == NfTables.Message.NewChain);
                break;
            case NfTables.Message.NewRule or NfTables.Message.DeleteRule:
                WriteRule(family, attributes, isNew: type == NfTables.Message.NewRule);
                break;
            case NfTables.Message.NewGeneration:
                _output.Write("NEWGEN: "u8);
                _objects.WriteGeneration(attributes);
                _output.Write((byte)'\n');
                break;
            case NfTables.Message.Trace:
                _traces.Write(family, attributes);
                break;
        }

        _output.FlushIfLarge();
    }

    /// <summary>Writes out what was written.</summary>
    public void Flush() => _output.Flush();

    private void WriteChain(byte family, ReadOnlySpan<byte> attributes, bool isNew)
    {
        _output.Write(" EVENT: "u8);
        if (Family.Numbered(family) is { } known && !(isNew && NftChain.Read(attributes).Hook >= 0))
        {
            EventRules.WriteTable(known, NetlinkAttributes.Find(attributes, NfTables.Chain.Table), _output);
            _output.Write(isNew ? "-N "u8 : "-X "u8);
            _objects.WriteName(attributes, NfTables.Chain.Name);
        }
        else if (isNew)
        {
            _output.Write(ForeignRule.Mark);
            _objects.WriteChain(family, attributes);
        }
        else
        {
            _output.Write("# nft: delete chain "u8);
            _objects.WritePlace(family, attributes, NfTables.Chain.Table, NfTables.Chain.Name);
        }

        _output.Write((byte)'\n');
    }

    private void WriteRule(byte family, ReadOnlySpan<byte> attributes, bool isNew)
    {
        _output.Write(" EVENT: "u8);
        if (!_rules.TryWrite(family, attributes, isNew ? "-A"u8 : "-D"u8))
        {
            _output.Write(isNew ? "# nft: add rule "u8 : "# nft: delete rule "u8);
            _objects.WritePlace(family, attributes, NfTables.Rule.Table, NfTables.Rule.Chain);
            _output.Write((byte)' ');
            _objects.WriteRule(family, attributes, _rules.SetsOf(family, attributes));
        }

        _output.Write((byte)'\n');
    }
}
