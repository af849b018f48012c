using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Formats.Iptables;
using Sharptables.Text;

namespace Sharptables.Formats.Xml;

/// <summary>
/// Writes what iptables-save wrote as the XML of iptables-xml, line by line. Words are taken as they are: only -A, -m, -j and -g mean
/// something here. A rule stays open until the next line shows that no action is to be added to it.
/// </summary>
/// <param name="output">Where it goes.</param>
/// <param name="program">The program's name in messages.</param>
public sealed partial class XmlText(Output output, string program)
{
    private readonly List<XmlChain> _order = [];
    private readonly Dictionary<string, XmlChain> _chains = [];
    private bool _isInTable;
    private XmlChain? _chain;
    private bool _isRuleOpen;

    /// <summary>Whether a rule whose conditions are those of the rule before is written as one more action of that one.</summary>
    public bool CombinesActions { get; init; }

    /// <summary>Whether each line stands in a comment before what is made of it.</summary>
    public bool ShowsLines { get; init; }

    private int Line { get; set; }

    /// <summary>Reads to the end, and writes.</summary>
    /// <exception cref="RestoreException">A line makes no sense; what comes before it has been written.</exception>
    public void Write(LineReader lines)
    {
        output.Write("<iptables-rules version=\"1.0\">\n"u8);
        while (lines.Read(out ReadOnlySpan<byte> line))
        {
            Line = lines.Number;
            if (!line.Trim(" \t"u8).IsEmpty)
            {
                WriteLine(line, lines.IsTerminated);
                output.FlushIfLarge();
            }
        }

        if (_isInTable)
        {
            throw new RestoreException(Line + 1, default, new UsageException($"COMMIT expected at line {Line + 1}", ErrorShape.Refused))
            {
                Reason = "The input ends within a table.",
            };
        }

        output.Write("</iptables-rules>\n"u8);
    }

    private void WriteLine(ReadOnlySpan<byte> line, bool isTerminated)
    {
        if (line is [(byte)'#', ..])
        {
            WriteComment(line, number: 0);
            return;
        }

        if (ShowsLines)
        {
            WriteComment(line, Line);
        }

        try
        {
            if (line is [(byte)'*', ..])
            {
                BeginTable(line);
            }
            else if (!_isInTable)
            {
                throw Failed("", "It stands outside of a table: a line such as *filter begins one, and COMMIT ends it.");
            }
            else if (line.SequenceEqual("COMMIT"u8) && isTerminated)
            {
                EndTable();
            }
            else if (line is [(byte)':', ..])
            {
                AddChain(line);
            }
            else
            {
                WriteRule(line);
            }
        }
        catch (UsageException e)
        {
            throw new RestoreException(Line, line, e);
        }
    }

    private UsageException Failed(string more, string hint) => new($"line {Line} failed{more}", ErrorShape.Refused) { Hint = hint };

    private void BeginTable(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> name = RestoreWords.NextToken(ref line, skip: 1);
        if (name.IsEmpty)
        {
            throw new UsageException($"{program}: line {Line} table name invalid");
        }

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

    private void AddChain(ReadOnlySpan<byte> line)
    {
        byte[] name = RestoreWords.NextToken(ref line, skip: 1).ToArray();
        if (name.Length == 0)
        {
            throw new UsageException($"{program}: line {Line} chain name invalid");
        }

        ReadOnlySpan<byte> policy = RestoreWords.NextToken(ref line, skip: 0);
        if (policy.IsEmpty)
        {
            throw new UsageException($"{program}: line {Line} policy invalid");
        }

        ReadOnlySpan<byte> counters = RestoreWords.NextToken(ref line, skip: 0);
        ulong packets = 0;
        ulong bytes = 0;
        if (counters is [(byte)'[', ..] && CounterText.TryRead(counters[1..], out packets))
        {
            _ = CounterText.TryRead(counters[(counters.IndexOf((byte)':') + 1)..], out bytes);
        }

        XmlChain chain = new(name) { Policy = policy.SequenceEqual("-"u8) ? [] : policy.ToArray(), Packets = packets, Bytes = bytes };
        _order.Add(chain);
        _chains.TryAdd(Encoding.Latin1.GetString(name), chain);
    }

    /// <summary>The chain that a line of this table has named, or null.</summary>
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
        output.WriteNumber(chain.Packets);
        output.Write("\" byte-count=\""u8);
        output.WriteNumber(chain.Bytes);
        output.Write("\" "u8);
    }
}
