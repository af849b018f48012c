using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Puts a rule together from comparisons: head and matches say them, as their declarations say what they are conditions on. All that it makes is
/// proved: the conditions of what was made must be those that were to be said.
/// </summary>
/// <param name="table">The table of the rules.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="rule">Where the rule is put together.</param>
/// <param name="obeysUsage">Whether it says nothing that iptables would refuse in that table.</param>
internal sealed class RuleComposer(Table table, ExtensionSet extensions, RuleBytes rule, bool obeysUsage)
{
    private readonly Family _family = table.Layout.Family;
    private List<Condition> _headConditions = [];
    private List<Extension>? _all;

    /// <summary>What is not yet said.</summary>
    public List<Comparison> Comparisons { get; } = [];

    /// <summary>Whether the rule has a match, in front of which the head can say no more.</summary>
    public bool HasMatch { get; set; }

    /// <summary>Begins a rule.</summary>
    public void Begin()
    {
        Comparisons.Clear();
        _headConditions.Clear();
        HasMatch = false;
    }

    /// <summary>Adds a match or target.</summary>
    public bool Add(Extension extension, ReadOnlySpan<byte> payload)
    {
        payload = payload[..extension.SizeOf(payload)];
        Span<byte> record = rule.Add(ExtensionRecord.SizeFor(payload.Length));
        record.Clear();
        extension.RecordHead.CopyTo(record);
        ExtensionRecord.WriteSize(record);
        payload.CopyTo(record[ExtensionRecord.HeadSize..]);
        return true;
    }

    /// <summary>
    /// Says the comparisons so far. Their order among each other is of no matter, but none may change places with a match, which may count what
    /// it is asked about; so the head can say only those before the first.
    /// </summary>
    public bool Flush()
    {
        if (!HasMatch)
        {
            SayInHead();
        }

        while (Comparisons.Count > 0)
        {
            if (!SayInMatch(Native) && !SayInMatch(Matches) && !Ask())
            {
                return false;
            }
        }

        return true;
    }

    private void SayInHead()
    {
        Extension head = extensions.Head.Match;
        Cut([head], 0);
        Span<byte> payload = stackalloc byte[head.PayloadSize];
        if (SayAllInHead(head, payload))
        {
            return;
        }

        for (int i = 0; i < Comparisons.Count;)
        {
            if (InHead(head, Comparisons[i]) is { } condition)
            {
                List<Condition> all = [.. _headConditions];
                if (!_headConditions.Exists(said => Meaning.IsSame(said, condition)))
                {
                    all.Add(condition);
                }

                if (TryTakeInHead(head, all, payload))
                {
                    _headConditions = all;
                    Comparisons.RemoveAt(i);
                    continue;
                }
            }

            i++;
        }
    }

    /// <summary>Says all comparisons on fields of the head at once, if that is possible: some of them may go only with another.</summary>
    private bool SayAllInHead(Extension head, Span<byte> payload)
    {
        List<Condition> all = [];
        List<Comparison> others = [];
        foreach (Comparison comparison in Comparisons)
        {
            if (InHead(head, comparison) is { } condition)
            {
                all.Add(condition);
            }
            else
            {
                others.Add(comparison);
            }
        }

        bool can = _headConditions.Count == 0 && TryTakeInHead(head, all, payload);
        if (can)
        {
            _headConditions = all;
            Comparisons.Clear();
            Comparisons.AddRange(others);
        }

        return can;
    }

    /// <summary>The condition of the head that a comparison is, or null. A list of addresses is none, even if the head says already that it is one of them.</summary>
    private Condition? InHead(Extension head, Comparison comparison) =>
        comparison.Values.Kind is ValuesKind.Intervals && LooksUp ? null : OnAnyOf(head, comparison);

    /// <summary>Makes the head say some conditions, beginning with one that asks nothing.</summary>
    private bool TryTakeInHead(Extension head, List<Condition> all, Span<byte> payload)
    {
        payload.Clear();
        bool can = head.TryTake(all, payload, _family);
        if (can)
        {
            payload.CopyTo(rule.Head);
        }

        return can;
    }

    /// <summary>Says the first comparison, and those behind it that go with it, in one match.</summary>
    private bool SayInMatch(List<Extension> candidates)
    {
        Cut(candidates, 0);
        foreach (Extension extension in candidates)
        {
            List<Condition> conditions = [];
            int place = -1;
            foreach (Comparison comparison in Comparisons)
            {
                if (!MaySpeakOf(extension, comparison.Load) || OnAnyOf(extension, comparison) is not { } condition
                    || conditions.Exists(said => said.Field == condition.Field) || !IsBehind(extension, condition.Field, ref place))
                {
                    break;
                }

                conditions.Add(condition);
            }

            for (int count = conditions.Count; count > 0; count--)
            {
                Span<byte> payload = new byte[extension.SizeInProgress];
                extension.Begin(payload);
                if (extension.TryTake(conditions.GetRange(0, count), payload, _family))
                {
                    Add(extensions.Find(extension.NameBytes, isTarget: false)!, payload);
                    Comparisons.RemoveRange(0, count);
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Says the first comparisons, of what only nft has words for, in a match that asks the same.</summary>
    private bool Ask()
    {
        foreach (Extension extension in All)
        {
            byte[] payload = new byte[extension.PayloadSize];
            int count = 0;
            while (!extension.IsTarget && IsOfProtocol(extension) && count < Comparisons.Count && TryAsk(extension, count + 1) is { } more)
            {
                (payload, count) = (more, count + 1);
            }

            if (count > 0)
            {
                Add(extensions.Find(extension.NameBytes, isTarget: false)!, payload);
                Comparisons.RemoveRange(0, count);
                return true;
            }
        }

        return false;
    }

    /// <summary>The payload that asks the first comparisons, so many of them; null if there is none.</summary>
    private byte[]? TryAsk(Extension extension, int count)
    {
        byte[]? first = null;
        for (int step = 1; step >= -1; step -= 2) // in either order: else one of them takes the place of another
        {
            byte[] payload = new byte[extension.PayloadSize];
            extension.Begin(payload);
            for (int i = 0; i < count; i++)
            {
                if (Comparisons[step > 0 ? i : count - 1 - i].Asked is not { } asked || !extension.TryTake(asked, payload))
                {
                    return null;
                }
            }

            if (first is not null && !first.AsSpan().SequenceEqual(payload))
            {
                return null;
            }

            first = payload;
        }

        return first;
    }

    /// <summary>What one match of iptables' says is in the order in which it is written; what is not, is another match.</summary>
    private bool IsBehind(Extension extension, Field field, ref int place)
    {
        if (extension.Native.Length == 0 || extension.LooksUp)
        {
            return true;
        }

        int before = place;
        place = Array.FindIndex(extension.Native, option => option.Of!.In(_family) == field);
        place = place < 0 ? int.MaxValue : place;
        return place > before;
    }

    /// <summary>Cuts a comparison of several fields at once into those of each.</summary>
    private void Cut(List<Extension> candidates, int index)
    {
        for (int i = index; i < Comparisons.Count; i++)
        {
            int least = Comparisons[i].Length;
            foreach (Extension extension in candidates)
            {
                foreach (Option option in MaySpeakOf(extension, Comparisons[i].Load) ? extension.Options : [])
                {
                    foreach (Field field in option.Of?.In(_family).Parts ?? [])
                    {
                        int length = field.Bits / 8;
                        least = length < least && field is PayloadField && Comparisons[i].Load.IsOf(field, length) ? length : least;
                    }
                }
            }

            if (Comparisons[i].CutAfter(least) is var (first, second))
            {
                Comparisons[i] = first;
                Comparisons.Insert(i + 1, second);
            }
        }
    }

    /// <summary>Whether the rule is about the protocol of a header that an extension asks about.</summary>
    private bool MaySpeakOf(Extension extension, Load load)
    {
        bool isTransport = load.Source is LoadSource.Transport or LoadSource.TcpOption;
        return extension.Usage.Protocols is not null ? IsOfProtocol(extension)
            : !isTransport || (SaidProtocol == Protocol.Tcp && Array.Exists(extension.Options, static option => option.Of == Field.Tcp.Flags)); // ecn, for which -p tcp is typed
    }

    /// <summary>Whether the rule is about a protocol that an extension needs.</summary>
    public bool IsOfProtocol(Extension extension) => extension.Usage.Protocols is not { } protocols || Array.IndexOf(protocols, SaidProtocol) >= 0;

    /// <summary>The protocol that the head says; 0 for none.</summary>
    private ushort SaidProtocol => (rule.Head[table.Layout.Inversions] & (byte)table.Layout.ProtocolInversion) != 0
        ? (ushort)0 : MemoryMarshal.Read<ushort>(rule.Head[table.Layout.Protocol..]);

    private Condition? OnAnyOf(Extension extension, Comparison comparison)
    {
        foreach (Option option in extension.Options)
        {
            foreach (Field field in option.Of?.In(_family).Parts ?? [])
            {
                if (comparison.On(field) is { } condition)
                {
                    return condition;
                }
            }
        }

        return null;
    }

    /// <summary>Whether there is a match that says sets of values, and so nothing else says them.</summary>
    public bool LooksUp => All.Exists(static extension => extension.LooksUp);

    /// <summary>The matches that are asked first: those that iptables writes as expressions.</summary>
    private List<Extension> Native => All.FindAll(static extension => extension.Native.Length > 0);

    /// <summary>The others, first those of one protocol.</summary>
    private List<Extension> Matches
    {
        get
        {
            List<Extension> matches =
                All.FindAll(static extension => extension.Native.Length == 0 && Array.Exists(extension.Options, static option => option.Of is not null));
            return [.. matches.FindAll(IsOfOneProtocol), .. matches.FindAll(static extension => !IsOfOneProtocol(extension))];

            static bool IsOfOneProtocol(Extension extension) => extension.Usage.Protocols?.Length == 1;
        }
    }

    /// <summary>
    /// All matches and targets that may be said, first those that only the family has: ebtables' own, not iptables'. They are not those of the set, in which each record is
    /// looked for.
    /// </summary>
    public List<Extension> All
    {
        get
        {
            if (_all is null)
            {
                _all = [];
                ExtensionEntry[] entries = Array.FindAll([.. ExtensionList.Matches, .. ExtensionList.Targets], entry => (entry.Families & _family.Bit) != 0);
                bool IsAlone(ExtensionEntry entry) => entry.Families == _family.Bit;
                foreach (ExtensionEntry entry in (ExtensionEntry[])[.. Array.FindAll(entries, IsAlone), .. Array.FindAll(entries, entry => !IsAlone(entry))])
                {
                    Extension extension = entry.Build(_family);
                    if (!obeysUsage || extension.Usage.Tables is not { } tables || Array.Exists(tables, name => Ascii.Equals(table.Name, name)))
                    {
                        _all.Add(extension);
                    }
                }
            }

            return _all;
        }
    }
}
