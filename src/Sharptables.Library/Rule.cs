using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables;

/// <summary>A rule, as it was when it was read: it does not change, whatever becomes of its chain.</summary>
public sealed class Rule
{
    private readonly byte[] _bytes;
    private readonly RuleLayout _layout;
    private readonly ExtensionSet _extensions;
    private readonly string _text;

    internal Rule(Model.Table table, Model.Chain chain, Model.Rule rule, ExtensionSet extensions)
    {
        _bytes = rule.Bytes.ToArray();
        _layout = rule.Layout;
        _extensions = extensions;
        Counters = new Counters(rule.Counters.Packets, rule.Counters.Bytes);
        _text = TextOf(table, chain, rule, extensions);
        ExtensionRecord target = rule.Target;
        Target = !target.IsStandardTarget ? Encoding.UTF8.GetString(target.Name)
            : target.Verdict == Verdict.Continue ? null
            : Encoding.UTF8.GetString(table.JumpTarget(target.Verdict) is { } to ? to.Name : StandardVerdict.Name(target.Verdict));
    }

    /// <summary>What it has counted; in a file without counters, nothing.</summary>
    public Counters Counters { get; }

    /// <summary>
    /// What is done with a packet that it takes: a verdict (<c>ACCEPT</c>), an extension (<c>LOG</c>) or the name of a chain. Null when it
    /// only counts.
    /// </summary>
    public string? Target { get; }

    /// <summary>What it says, option by option, in the order in which iptables-save writes them.</summary>
    public IReadOnlyList<RuleOption> Options
    {
        get
        {
            List<RuleOption> options = [];
            Model.Rule rule = new(_bytes, _layout);
            Format format = new(rule.Family, _extensions.Names, rule.Protocol, IsNumeric: true, IsListing: false);
            Add(options, _extensions.Head.Match, rule.Conditions, "", format);
            byte[] scratch = new byte[Extension.LargestPayload];
            foreach (ExtensionRecord match in rule)
            {
                if (_extensions.Find(match, isTarget: false, scratch, out ReadOnlySpan<byte> payload) is { } extension)
                {
                    Add(options, extension, payload, extension.Name, format);
                }
            }

            if (_extensions.Find(rule.Target, isTarget: true, scratch, out ReadOnlySpan<byte> last) is { } target)
            {
                Add(options, target, last, target.Name, format);
            }

            return options;
        }
    }

    /// <summary>Finds what one of its matches, or its target, asks or says, in the kernel's own form.</summary>
    /// <typeparam name="TInfo">The struct of the match or target, such as <c>TcpInfo</c>, in its newest revision.</typeparam>
    /// <param name="info">The struct of the first match that has such a one, or of the target.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet<TInfo>([MaybeNullWhen(false)] out TInfo info)
        where TInfo : unmanaged
    {
        Model.Rule rule = new(_bytes, _layout);
        byte[] scratch = new byte[Extension.LargestPayload];
        foreach (ExtensionRecord match in rule)
        {
            if (_extensions.Find(match, isTarget: false, scratch, out ReadOnlySpan<byte> payload) is Extension<TInfo>)
            {
                info = MemoryMarshal.Read<TInfo>(payload);
                return true;
            }
        }

        bool isTarget = _extensions.Find(rule.Target, isTarget: true, scratch, out ReadOnlySpan<byte> last) is Extension<TInfo>;
        info = isTarget ? MemoryMarshal.Read<TInfo>(last) : default;
        return isTarget;
    }

    /// <summary>
    /// Its text behind the name of the chain, as iptables-save writes it: <c>-p tcp -m tcp --dport 22 -j ACCEPT</c>. What is not known here,
    /// or could not be read again, stands in brackets.
    /// </summary>
    public override string ToString() => _text;

    private static string TextOf(Model.Table table, Model.Chain chain, Model.Rule rule, ExtensionSet extensions)
    {
        Output output = new(Output.Kept);
        output.Write("-A "u8);
        QuotedText.WriteName(chain.Name, output);
        byte[] begin = output.Written.ToArray();
        output.Clear();
        new RuleText(table, extensions, output).Write(chain, rule, showCounters: false);
        ReadOnlySpan<byte> text = output.Written;
        return Encoding.UTF8.GetString(text[(text.StartsWith(begin) ? begin.Length : "-A ".Length)..].Trim(" \n"u8));
    }

    private static void Add(List<RuleOption> options, Extension extension, ReadOnlySpan<byte> payload, string name, in Format format)
    {
        Output output = new(Output.Kept);
        foreach (Option option in extension.Options)
        {
            if (!option.IsShorthand && option.IsWritten(payload))
            {
                output.Clear();
                option.Save(payload, output, format);
                string text = Encoding.UTF8.GetString(output.Written); // " ! --dport 22"
                bool isInverted = text.StartsWith(" ! ", StringComparison.Ordinal);
                int value = text.IndexOf(' ', text.IndexOf('-', StringComparison.Ordinal));
                options.Add(new RuleOption(name, option.Name, value < 0 ? "" : text[(value + 1)..], isInverted));
            }
        }
    }
}
