using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Nft;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Translation;

/// <summary>Writes rules in the language of nft(8).</summary>
internal sealed class RuleTranslator
{
    private readonly ExtensionSet _extensions;
    private readonly Output _text = new(Output.Kept);
    private readonly NftText _nft;
    private readonly byte[] _scratch = new byte[Extension.LargestPayload];

    /// <param name="extensions">The extensions of the family.</param>
    /// <param name="saysAsOriginal">See <see cref="NftText.SaysAsOriginal"/>.</param>
    /// <param name="sets">See <see cref="NftText.IpSets"/>.</param>
    public RuleTranslator(ExtensionSet extensions, bool saysAsOriginal, IpSets? sets = null)
    {
        _extensions = extensions;
        _nft = new(_text, extensions.Family) { Names = extensions.Names, SaysAsOriginal = saysAsOriginal, IpSets = sets };
    }

    /// <summary>The rule that was translated last: its conditions and statements, each with a leading blank.</summary>
    public ReadOnlySpan<byte> Text => _text.Written;

    /// <summary>The sets that it needs, by name and declaration.</summary>
    public IReadOnlyList<(string Name, string Declaration)> Sets => _nft.Sets;

    /// <summary>nft's word for a verdict.</summary>
    public static string WordFor(int verdict) => Encoding.ASCII.GetString(StandardVerdict.Name(verdict)).ToLowerInvariant();

    /// <summary>Translates a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="jump">The chain that it jumps to, if its target is no verdict and no extension; empty for none.</param>
    /// <param name="showsCounters">Whether its counters begin as it has them.</param>
    /// <returns>Null, or what of it nft cannot say.</returns>
    public string? Translate(Rule rule, ReadOnlySpan<byte> jump, bool showsCounters)
    {
        _text.Clear();
        _nft.Begin((rule.Inversions & Inversions.Protocol) == 0 ? rule.Protocol : (ushort)0);
        string? unsayable = TranslateMatches(rule, out bool impliesProtocol);
        byte[] matches = _text.Written.ToArray();
        _text.Clear();
        if (unsayable is not null || !TryWriteHead(rule, impliesProtocol))
        {
            return unsayable ?? "the name of an interface";
        }

        _text.Write(matches);
        _text.Write(" counter"u8);
        _text.Write(showsCounters ? $" packets {rule.Counters.Packets} bytes {rule.Counters.Bytes}" : "");
        unsayable = TranslateTarget(rule, jump);
        if (_nft.Comment is { } comment)
        {
            _nft.TryWriteQuoted(" comment ", comment);
        }

        return unsayable;
    }

    /// <summary>Writes the matches; nft(8) needs no word for the protocol of one that has its name.</summary>
    private string? TranslateMatches(Rule rule, out bool impliesProtocol)
    {
        ProtocolText.WriteName(rule.Protocol, _text, _extensions.Names);
        string protocol = MessageText.Of(_text.Written);
        _text.Clear();
        impliesProtocol = false;
        foreach (ExtensionRecord record in rule)
        {
            int start = _text.Length;
            if (_extensions.Find(record, isTarget: false, _scratch, out ReadOnlySpan<byte> payload) is not { } match || !match.Translate(payload, _nft))
            {
                return $"the match {MessageText.Of(record.Name)}{Why}";
            }

            impliesProtocol |= match.Name == protocol && _text.Length > start && (_nft.SaysAsOriginal || _nft.NamesTransport);
            if (_text.Length == start && rule.Protocol == 0 && match.Usage.Protocols is [var only])
            {
                _ = _nft.TryWrite([new(Field.Ip.Protocol.In(rule.Family), Values.Only(only), IsInverted: false)]); // which it is about, even if it asks no more
            }
        }

        return null;
    }

    private string Why => _nft.Why is { } why ? $": {why}" : "";

    private bool TryWriteHead(Rule rule, bool impliesProtocol)
    {
        List<Condition> conditions = [.. _extensions.Head.Match.ConditionsIn(rule.Conditions, rule.Family, out _)];
        conditions.RemoveAll(condition => !condition.IsInverted && ((impliesProtocol && condition.Field.Type is FieldType.Protocol)
            || (_nft.SaysAsOriginal && condition.Field.Type is FieldType.EtherType && _nft.EtherTypes.Contains((ushort)condition.Values.First))));
        return _nft.TryWrite(conditions);
    }

    private string? TranslateTarget(Rule rule, ReadOnlySpan<byte> jump)
    {
        ExtensionRecord target = rule.Target;
        if (!target.IsStandardTarget)
        {
            return _extensions.Find(target, isTarget: true, _scratch, out ReadOnlySpan<byte> payload) is { } extension && extension.Translate(payload, _nft)
                ? null : $"the target {MessageText.Of(target.Name)}{Why}";
        }

        if (!jump.IsEmpty)
        {
            _text.Write(rule.IsGoto ? " goto "u8 : " jump "u8);
            _text.Write(jump);
            return NftWords.IsName(jump) ? null : $"the name of chain {MessageText.Of(jump)}";
        }

        switch (target.Verdict)
        {
            case Verdict.Continue:
                return null;
            case Verdict.Queue:
                _text.Write(" queue num 0"u8);
                return null;
            default:
                _text.Write($" {WordFor(target.Verdict)}");
                return null;
        }
    }
}
