using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Formats.Xml;

/// <summary>
/// Converts a save to the XML of iptables-xml, line by line. Words are copied: only -A, -m, -j and -g have a meaning here. A rule stays
/// open until the next line shows that no action is added to it.
/// </summary>
/// <param name="line">The lines.</param>
/// <param name="output">Where to write.</param>
internal sealed partial class XmlText(SaveReader line, Output output)
{
    private readonly List<XmlChain> _order = [];
    private readonly Dictionary<string, XmlChain> _chains = [];
    private bool _isInTable;
    private XmlChain? _chain;
    private bool _isRuleOpen;

    /// <summary>Whether a rule with the conditions of the rule before is written as one more action of that one.</summary>
    public bool CombinesActions { get; init; }

    /// <summary>Whether each line is also written as a comment.</summary>
    public bool ShowsLines { get; init; }

    /// <summary>Reads to the end, and writes.</summary>
    /// <exception cref="RestoreException">A line is malformed; what precedes it has been written.</exception>
    public void Write()
    {
        output.Write("<iptables-rules version=\"1.0\">\n"u8);
        while (line.Read())
        {
            try
            {
                WriteLine();
            }
            catch (UsageException e)
            {
                throw line.At(e);
            }

            output.FlushIfLarge();
        }

        if (_isInTable)
        {
            throw line.EndsWithinTable("The input ends within a table.");
        }

        output.Write("</iptables-rules>\n"u8);
    }

    private void WriteLine()
    {
        if (line.Kind == SaveLine.Comment)
        {
            WriteComment(line.Text, number: 0);
            return;
        }

        if (ShowsLines)
        {
            WriteComment(line.Text, line.Line);
        }

        if (!_isInTable && line.Kind != SaveLine.Table)
        {
            throw line.OutsideOfTable();
        }

        switch (line.Kind)
        {
            case SaveLine.Table:
                BeginTable();
                break;
            case SaveLine.Commit:
                EndTable();
                break;
            case SaveLine.Chain:
                AddChain();
                break;
            default:
                WriteRule();
                break;
        }
    }

    private void BeginTable()
    {
        ReadOnlySpan<byte> name = line.ReadTableName();
        EndTable();
        _isInTable = true;
        output.Write("  <table name=\""u8);
        WriteEscaped(name);
        output.Write("\" >\n"u8);
    }

    private void EndTable()
    {
        CloseChain();
        foreach (XmlChain chain in _order)
        {
            if (!chain.IsWritten)
            {
                WriteChainStart(chain);
                output.Write("/>\n"u8);
            }
        }

        _order.Clear();
        _chains.Clear();
        if (_isInTable)
        {
            _isInTable = false;
            output.Write("  </table>\n"u8);
        }
    }

    private void AddChain()
    {
        byte[] name = line.ReadChainName().ToArray();
        ReadOnlySpan<byte> policy = line.ReadPolicy();
        _ = line.TryReadCounters(out XtCounters counters);
        XmlChain chain = new(name) { Policy = policy.SequenceEqual("-"u8) ? [] : policy.ToArray(), Counters = counters };
        _order.Add(chain);
        _chains.TryAdd(Encoding.Latin1.GetString(name), chain);
    }

    /// <summary>The chain of that name if a line of this table has named it, or null.</summary>
    private XmlChain? FindChain(ReadOnlySpan<byte> name) => _chains.GetValueOrDefault(Encoding.Latin1.GetString(name));

    private void OpenChain(ReadOnlySpan<byte> name)
    {
        if (_chain is not null && name.SequenceEqual(_chain.Name))
        {
            return;
        }

        CloseChain();
        _chain = FindChain(name) ?? new XmlChain(name.ToArray());
        WriteChainStart(_chain);
        output.Write(">\n"u8);
    }

    private void CloseChain()
    {
        CloseRule();
        if (_chain is not null)
        {
            _chain = null;
            output.Write("    </chain>\n"u8);
        }
    }

    private void WriteChainStart(XmlChain chain)
    {
        chain.IsWritten = true;
        output.Write("    <chain name=\""u8);
        WriteEscaped(chain.Name);
        output.Write("\" "u8);
        if (chain.Policy is null)
        {
            return;
        }

        if (chain.Policy.Length > 0)
        {
            output.Write("policy=\""u8);
            WriteEscaped(chain.Policy);
            output.Write("\" "u8);
        }

        output.Write("packet-count=\""u8);
        output.WriteNumber(chain.Counters.Packets);
        output.Write("\" byte-count=\""u8);
        output.WriteNumber(chain.Counters.Bytes);
        output.Write("\" "u8);
    }
}
