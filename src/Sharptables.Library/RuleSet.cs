using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Backends;
using Sharptables.Explain;
using Sharptables.Formats.Iptables;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables;

/// <summary>
/// Tables in memory, such as those of a file that iptables-save wrote. It asks no kernel and needs no rights; <see cref="Firewall"/> puts
/// it in force. It is not to be used by two threads at once, and its tables go with it when it is disposed of. It runs on Linux: its memory is
/// mapped (mmap(2)), and names are looked up in files of /etc. What a name means on this machine is asked once in the life of the process.
/// </summary>
public sealed class RuleSet : IDisposable
{
    private readonly Editing.RuleSet _rules;
    private readonly List<Table> _tables = [];
    private readonly List<string> _warnings = [];
    private bool _isDisposed;

    /// <summary>Makes one that has no tables.</summary>
    /// <param name="family">Which packets its rules are for.</param>
    /// <param name="names">What names of hosts, ports, users … in its rules mean; null: what they mean on this machine.</param>
    public RuleSet(Family family, INames? names = null)
        : this(new Editing.RuleSet(FamilyOf(family), names), family, names)
    {
    }

    private RuleSet(Editing.RuleSet rules, Family family, INames? names)
    {
        _rules = rules;
        Family = family;
        Names = names;
        _warnings.AddRange(rules.Warnings);
        foreach (Model.Table table in rules.Tables)
        {
            Add(table);
        }
    }

    /// <summary>Which packets its rules are for.</summary>
    public Family Family { get; }

    /// <summary>Its tables, in the order in which they came.</summary>
    public IReadOnlyList<Table> Tables => _tables;

    /// <summary>What is worth a warning in the texts that it was made from.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What names in its rules mean; null: what they mean on this machine.</summary>
    internal INames? Names { get; }

    /// <summary>Reads what iptables-save wrote, or what iptables-restore would take.</summary>
    /// <param name="text">The text, in bytes as they stand in the file.</param>
    /// <param name="family">Which packets its rules are for.</param>
    /// <param name="names">What names of hosts, ports, users … in it mean; null: what they mean on this machine.</param>
    /// <exception cref="FirewallException">A line is wrong: which, and why.</exception>
    public static RuleSet Parse(byte[] text, Family family, INames? names = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return new RuleSet(Editing.RuleSet.Parse(text, FamilyOf(family), names), family, names);
        }
        catch (Exception e) when (FirewallException.Of(e) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Reads the same from text.</summary>
    /// <inheritdoc cref="Parse(byte[], Family, INames?)"/>
    public static RuleSet Parse(string text, Family family, INames? names = null) => Parse(Encoding.UTF8.GetBytes(text), family, names);

    /// <summary>Finds a table by its name, or gives null.</summary>
    public Table? Find(string table) => _tables.Find(each => each.Name == table);

    /// <summary>Adds a table as the kernel has it in the beginning: its chains are empty, and accept what reaches their end.</summary>
    /// <param name="table">Its name: <c>filter</c>, <c>nat</c>, <c>mangle</c>, <c>raw</c> or <c>security</c>.</param>
    /// <exception cref="ArgumentException">It has such a table, or no kernel has.</exception>
    public Table Add(string table)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Find(table) is not null || Model.BuiltInTable.Named(table, _rules.Extensions.Family) is null)
        {
            throw new ArgumentException($"table {table} is there already, or in no kernel", nameof(table));
        }

        ITables tables = _rules;
        using (Model.Table begun = tables.ReadEmpty(Encoding.UTF8.GetBytes(table)))
        {
            tables.Write(begun);
        }

        return Add(_rules.Tables[^1]);
    }

    /// <summary>Says what would become of a packet: which rule or policy decides, in each case where that depends on what is not known.</summary>
    /// <param name="packet">The packet.</param>
    /// <returns>The answer. Nothing is sent, and no kernel is asked.</returns>
    /// <exception cref="FirewallException">What is said of the packet is wrong, or is said of no packet of this family.</exception>
    public Explanation Explain(Packet packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        AskedTables asked = new(_rules.Extensions.Family);
        foreach (Model.Table table in _rules.Tables)
        {
            asked.Add(table, _rules.Extensions, Model.KernelInterface.Legacy);
        }

        IRoutes routes = new GivenRoutes(new(packet.Route switch
        {
            PacketRoute.Input => RouteWay.Local,
            PacketRoute.Unknown => RouteWay.Unknown,
            _ => RouteWay.Out,
        }));
        Sharptables.Explain.Explanation explanation = new Walk(asked, routes).Explain(Read(packet), packet.Route is PacketRoute.Output);
        return new(explanation);
    }

    /// <summary>Its text, as iptables-save writes it, to be read again.</summary>
    /// <param name="withCounters">Whether each rule has its counters in front.</param>
    /// <exception cref="FirewallException">No text can say what a rule says, such as a name with a line end in it.</exception>
    public byte[] ToBytes(bool withCounters = false)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Output output = new(Output.Kept);
        foreach (Model.Table table in _rules.Tables)
        {
            if (SaveText.Write(table, _rules.Extensions, program: null, withCounters, output) is { } unreadable)
            {
                throw new FirewallException($"table {Encoding.UTF8.GetString(table.Name)} has {unreadable}", hint: null);
            }
        }

        return output.Written.ToArray();
    }

    /// <summary>Its text, as iptables-save writes it, without counters. What could not be read again stands in brackets.</summary>
    public override string ToString() => _rules.ToString();

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _rules.Dispose();
    }

    /// <summary>The family, as the rest knows it.</summary>
    internal static Model.Family FamilyOf(Family family) => family switch
    {
        Family.IPv4 => Model.Family.IPv4,
        Family.IPv6 => Model.Family.IPv6,
        _ => throw new ArgumentOutOfRangeException(nameof(family)),
    };

    private Packets.Packet Read(Packet packet)
    {
        try
        {
            Packets.Packet read = packet.Bytes.IsEmpty ? new(_rules.Extensions.Family) : new(packet.Bytes.Span);
            if (read.Family != _rules.Extensions.Family)
            {
                throw new FirewallException($"the packet is of {read.Family.Name}, and the rules are of {Family}", hint: null);
            }

            Words words = new();
            RestoreWords.Split(Encoding.UTF8.GetBytes(packet.Words), words);
            List<byte[]> split = [];
            for (int i = 0; i < words.Count; i++)
            {
                split.Add(words.Span(i).ToArray());
            }

            new PacketWords(_rules.Extensions).Tell(split, read);
            return read;
        }
        catch (FormatException e)
        {
            throw new FirewallException(e.Message, hint: null, e);
        }
        catch (Exception e) when (FirewallException.Of(e) is { } error)
        {
            throw error;
        }
    }

    private Table Add(Model.Table table)
    {
        Table added = new(table, _rules.Extensions, _warnings.Add);
        _tables.Add(added);
        return added;
    }
}
