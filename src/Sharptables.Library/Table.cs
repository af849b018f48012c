using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Editing;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables;

/// <summary>
/// A table: its chains, and what can be done to them. A rule is given as text, as it stands behind the name of the chain in a command of
/// iptables: <c>-p tcp --dport 22 -j ACCEPT</c>; a word with blanks in it stands in double quotes. It is not to be used by two threads at once.
/// </summary>
public sealed class Table
{
    private readonly Model.Table _table;
    private readonly ExtensionSet _extensions;
    private readonly CommandLine _commandLine;
    private readonly TableEditor _editor;
    private readonly Command _command;
    private readonly Words _words = new();

    internal Table(Model.Table table, ExtensionSet extensions, Action<string> warn)
    {
        _table = table;
        _extensions = extensions;
        _commandLine = new CommandLine(extensions) { Warn = warn };
        _editor = new TableEditor(table, extensions, new ChangeText(table, extensions, new Output(Output.Nowhere)), warn);
        _command = new Command(extensions.Family);
    }

    /// <summary>Its name, such as <c>filter</c>.</summary>
    public string Name => Encoding.UTF8.GetString(_table.Name);

    /// <summary>Its chains: the kernel's, in the order in which packets pass them, then the others by name.</summary>
    public IReadOnlyList<Chain> Chains
    {
        get
        {
            List<Chain> chains = [];
            foreach (Model.Chain chain in _table.Chains)
            {
                chains.Add(new Chain(_table, chain, _extensions));
            }

            return chains;
        }
    }

    /// <summary>Whether anything has been done to it.</summary>
    internal bool IsChanged { get; private set; }

    /// <summary>Finds a chain by its name, or gives null.</summary>
    public Chain? Find(string chain) => _table.Find(Bytes(chain)) is { } found ? new Chain(_table, found, _extensions) : null;

    /// <summary>Adds a rule at the end of a chain. Names of several hosts or addresses in it make several rules.</summary>
    /// <exception cref="FirewallException">There is no such chain, or the text makes no sense.</exception>
    public void Append(string chain, string rule) => Edit(ReadRule("-A", chain, rule));

    /// <summary>Puts a rule into a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="number">The number that it then has, from 1; at most one more than there are rules.</param>
    /// <exception cref="FirewallException">There is no such chain or number, or the text makes no sense.</exception>
    public void Insert(string chain, string rule, int number = 1) => Edit(ReadRule("-I", chain, rule, number));

    /// <summary>Puts a rule in the place of another.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="number">The number of the other, from 1.</param>
    /// <param name="rule">The rule.</param>
    /// <exception cref="FirewallException">There is no such chain or number, or the text makes no sense.</exception>
    public void Replace(string chain, int number, string rule) => Edit(ReadRule("-R", chain, rule, number));

    /// <summary>Deletes the first rule of a chain that is the same as one that is given.</summary>
    /// <exception cref="FirewallException">There is no such chain or rule, or the text makes no sense.</exception>
    public void Delete(string chain, string rule) => Edit(ReadRule("-D", chain, rule));

    /// <summary>Deletes the rule of a chain that has a number, from 1.</summary>
    /// <exception cref="FirewallException">There is no such chain or number.</exception>
    public void Delete(string chain, int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        Edit(Begin(CommandKind.DeleteNumber, chain, number));
    }

    /// <summary>Whether a chain has a rule that is the same as one that is given.</summary>
    /// <exception cref="FirewallException">There is no such chain, or the text makes no sense.</exception>
    public bool Contains(string chain, string rule)
    {
        try
        {
            Carry(ReadRule("-C", chain, rule));
            return true;
        }
        catch (FirewallException e) when (e.InnerException is TableException { Error: TableError.NoSuchRule })
        {
            return false;
        }
    }

    /// <summary>Makes an empty chain.</summary>
    /// <param name="chain">Its name, of at most 28 bytes.</param>
    /// <exception cref="FirewallException">There is one of that name, or the name can be none.</exception>
    public void AddChain(string chain)
    {
        CheckName(chain);
        Edit(Begin(CommandKind.NewChain, chain));
    }

    /// <summary>Deletes a chain that has no rules, and that no rules jump to.</summary>
    /// <exception cref="FirewallException">It is not so, there is no such chain, or it is the kernel's.</exception>
    public void DeleteChain(string chain) => Edit(Begin(CommandKind.DeleteChain, chain));

    /// <summary>Gives a chain another name; rules that jump to it go on doing so.</summary>
    /// <exception cref="FirewallException">
    /// There is no such chain, it is the kernel's, or there is one of the other name, or that can be none.
    /// </exception>
    public void RenameChain(string chain, string name)
    {
        CheckName(name);
        Command command = Begin(CommandKind.RenameChain, chain);
        command.NewName = Bytes(name);
        Edit(command);
    }

    /// <summary>Deletes all rules of a chain.</summary>
    /// <exception cref="FirewallException">There is no such chain.</exception>
    public void Flush(string chain) => Edit(Begin(CommandKind.Flush, chain));

    /// <summary>Sets all counters of a chain to zero.</summary>
    /// <exception cref="FirewallException">There is no such chain.</exception>
    public void Zero(string chain) => Edit(Begin(CommandKind.Zero, chain));

    /// <summary>Says what is done with a packet that no rule of a chain of the kernel's decides on.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="policy"><c>ACCEPT</c> or <c>DROP</c>.</param>
    /// <exception cref="FirewallException">There is no such chain, it is not a built-in one, or there is no such policy.</exception>
    public void SetPolicy(string chain, string policy)
    {
        Command command = Begin(CommandKind.SetPolicy, chain);
        command.NewName = Bytes(policy);
        Edit(command);
    }

    /// <summary>
    /// What a match or target asks or says when no option is given: what to begin with when one is made for <see cref="TextOf"/>.
    /// </summary>
    /// <typeparam name="TInfo">Its struct, such as <c>TcpInfo</c>.</typeparam>
    /// <param name="name">Its name, such as <c>DNAT</c>; needed only where several have the same struct.</param>
    /// <exception cref="ArgumentException">No match or target of that name has such a struct.</exception>
    public TInfo Default<TInfo>(string? name = null)
        where TInfo : unmanaged
    {
        TInfo info = default;
        FindExtension<TInfo>(name).Begin(MemoryMarshal.AsBytes(new Span<TInfo>(ref info)));
        return info;
    }

    /// <summary>
    /// The text of a match or target, to be part of a rule: <c>-m tcp --dport 22</c>. What no option of it says is not in there, such as that
    /// something is inverted that is not given.
    /// </summary>
    /// <typeparam name="TInfo">Its struct, such as <c>TcpInfo</c>.</typeparam>
    /// <param name="info">What it asks or says.</param>
    /// <param name="name">Its name, such as <c>DNAT</c>; needed only where several have the same struct.</param>
    /// <exception cref="ArgumentException">No match or target of that name has such a struct.</exception>
    public string TextOf<TInfo>(in TInfo info, string? name = null)
        where TInfo : unmanaged
    {
        Extension<TInfo> extension = FindExtension<TInfo>(name);
        Output output = new(Output.Kept);
        output.Write(extension.IsTarget ? "-j " : "-m ");
        output.Write(extension.Name);
        Format format = new(_extensions.Family, _extensions.Names, Protocol: 0, IsNumeric: true, IsListing: false);
        extension.Save(MemoryMarshal.AsBytes(new ReadOnlySpan<TInfo>(in info)), output, format);
        return Encoding.UTF8.GetString(output.Written);
    }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    private static byte[] Bytes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encoding.UTF8.GetBytes(text);
    }

    private void CheckName(string chain)
    {
        try
        {
            NameCheck.NewChain(Bytes(chain), _extensions);
        }
        catch (Exception e) when (FirewallException.Of(e) is { } error)
        {
            throw error;
        }
    }

    private Command Begin(CommandKind kind, string chain, int number = 0)
    {
        _command.Clear();
        _command.Kind = kind;
        _command.Chain = Bytes(chain);
        _command.HasChain = true;
        _command.Number = (uint)number;
        return _command;
    }

    private Command ReadRule(string letter, string chain, string rule, int? number = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number ?? 1, 1, nameof(number));
        _words.Clear();
        _words.Add(Bytes(letter));
        _words.Add(Bytes(chain));
        if (number is { } given)
        {
            _words.Add(Bytes(given.ToString(CultureInfo.InvariantCulture)));
        }

        try
        {
            RestoreWords.Split(Bytes(rule), _words);
            _command.Table = default;
            _ = _commandLine.Parse(_words, _command);
            return _command.HasRule && _command is { Table.IsEmpty: true, Modprobe: null } && (_command.Options & CommandOptions.Wait) == 0
                ? _command
                : throw new FirewallException($"the text of a rule has no place for more than the rule: {rule}", hint: null);
        }
        catch (Exception e) when (FirewallException.Of(e) is { } error)
        {
            throw error;
        }
    }

    private void Edit(Command command)
    {
        IsChanged = true;
        Carry(command);
    }

    private void Carry(Command command)
    {
        try
        {
            _editor.Edit(command);
        }
        catch (TableException e)
        {
            UsageException error = CommandErrors.Of(e.Error, command, _table);
            throw new FirewallException(error.Message, error.Hint, e);
        }
        catch (Exception e) when (FirewallException.Of(e) is { } error)
        {
            throw error;
        }
    }

    private Extension<TInfo> FindExtension<TInfo>(string? name)
        where TInfo : unmanaged
    {
        foreach (bool isTarget in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (ExtensionEntry entry in isTarget ? ExtensionList.Targets : ExtensionList.Matches)
            {
                if ((name is null || name == entry.Name) && _extensions.Find(Bytes(entry.Name), isTarget) is Extension<TInfo> found)
                {
                    return found;
                }
            }
        }

        throw new ArgumentException($"no match or target {name} of {_extensions.Family} has the struct {typeof(TInfo).Name}");
    }
}
