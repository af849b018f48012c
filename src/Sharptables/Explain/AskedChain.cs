using System;
using System.Buffers;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Explain;

/// <summary>A chain, ready to be asked about many packets: its rules are read when a packet first comes there.</summary>
/// <param name="table">Its table.</param>
/// <param name="chain">The chain.</param>
internal sealed class AskedChain(AskedTable table, Chain chain)
{
    private readonly byte[] _scratch = new byte[Extension.LargestPayload];
    private AskedRule?[]? _rules;
    private byte[] _bytes = [];
    private int[] _starts = []; // of the rules among the bytes; the complement of those that have been asked once
    private string[]? _texts;

    public AskedTable Table => table;

    public string Name { get; } = MessageText.Of(chain.Name);

    /// <summary>Whether a hook calls it.</summary>
    public bool IsBuiltIn => chain.IsBuiltIn;

    /// <summary>The verdict at its end.</summary>
    public int Policy => chain.Policy;

    /// <summary>How many rules it has.</summary>
    public int Count => (_rules ??= Read()).Length;

    /// <summary>One of its rules.</summary>
    /// <param name="index">Its index, from 0.</param>
    public AskedRule this[int index] => (_rules ??= Read())[index] ??= new(this, index + 1, RuleAt(index), _scratch);

    /// <summary>
    /// Whether a rule leaves a packet, as far as that is plain from its bytes. The first packet that comes to a rule asks this, since there may be no
    /// other, and one question is not worth making a rule ready for many.
    /// </summary>
    /// <param name="index">The index of the rule.</param>
    /// <param name="packet">The packet.</param>
    public bool Leaves(int index, Packet packet)
    {
        if ((_rules ??= Read())[index] is not null || _starts[index] < 0)
        {
            return false;
        }

        Rule rule = RuleAt(index);
        Answer answer = rule.HasNoConditions ? Answer.Yes : table.Extensions.Head.Match.Ask(rule.Conditions, packet);
        foreach (ExtensionRecord match in rule)
        {
            if (answer is Answer.No or Answer.Dropped || table.Extensions.Find(match, isTarget: false, _scratch, out ReadOnlySpan<byte> payload) is not { } known)
            {
                break; // in the kernel's order: what drops a packet comes before what leaves it
            }

            answer = known.Ask(payload, packet);
        }

        bool leaves = answer is Answer.No;
        _starts[index] = leaves ? ~_starts[index] : _starts[index]; // below zero: it has been asked
        return leaves;
    }

    /// <summary>The text of a rule.</summary>
    /// <param name="number">Its number, from 1.</param>
    public string TextOf(int number) => (_texts ??= ReadTexts())[number - 1];

    private Rule RuleAt(int index)
    {
        int start = _starts[index] < 0 ? ~_starts[index] : _starts[index];
        return new(_bytes.AsSpan(start), table.Table.Layout);
    }

    private AskedRule?[] Read()
    {
        List<int> starts = new(chain.RuleCount);
        ArrayBufferWriter<byte> bytes = new();
        foreach (Rule rule in table.Table.Rules(chain))
        {
            starts.Add(bytes.WrittenCount);
            bytes.Write(rule.Bytes);
        }

        _bytes = bytes.WrittenSpan.ToArray();
        _starts = [.. starts];
        return new AskedRule?[starts.Count];
    }

    private string[] ReadTexts()
    {
        Output line = new(Output.Kept);
        RuleText text = new(table.Table, table.Extensions, line);
        List<string> texts = [];
        foreach (Rule rule in table.Table.Rules(chain))
        {
            line.Clear();
            text.Write(chain, rule, showCounters: false);
            texts.Add(MessageText.Of(line.Written.TrimEnd((byte)'\n')));
        }

        return [.. texts];
    }
}
