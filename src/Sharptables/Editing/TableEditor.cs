using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Backends;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Editing;

/// <summary>Does what a command asks for with a table in memory; the kernel sees nothing of it until the table is written.</summary>
/// <param name="table">The table.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="revisions">Which revisions the kernel has.</param>
/// <param name="output">Where listings go.</param>
/// <param name="warn">Takes warnings, without the program's name.</param>
public sealed class TableEditor(Table table, ExtensionSet extensions, IRevisions revisions, Output output, Action<string> warn)
{
    private RuleComparison? _comparison;
    private Chain? _lastChain;
    private Chain? _lastTarget;

    /// <summary>The table.</summary>
    public Table Table => table;

    /// <summary>The line of input that rules come from, when there are lines.</summary>
    public int Line { get; set; }

    /// <summary>Runs a command.</summary>
    /// <returns>Whether the table has to be written.</returns>
    /// <exception cref="UsageException">It cannot be done; the table in memory may be half edited and is not to be written.</exception>
    public bool Run(Command command)
    {
        try
        {
            return RunOrThrow(command);
        }
        catch (TableException e)
        {
            throw Explain(command, e.Error);
        }
    }

    /// <summary>
    /// Runs a command, and shows the kernel's entries when <c>-v</c> was given twice: as they are now, whether or not it could be done.
    /// </summary>
    /// <inheritdoc cref="Run(Command)"/>
    public bool Run(Command command, ITables tables)
    {
        UsageException? refusal = null;
        bool isChanged = false;
        try
        {
            isChanged = Run(command);
        }
        catch (UsageException e) when ((e.Shape is ErrorShape.Refused or ErrorShape.Answer) && command.Verbosity > 1)
        {
            refusal = e;
        }

        if (command.Verbosity > 1)
        {
            tables.Describe(table.Name, output);
        }

        return refusal is null ? isChanged : throw refusal;
    }

    /// <summary>By itself, since a closure would cost an object for each command that is run, which a restore does for each rule.</summary>
    private void WriteListing(Command command) => Listing.Write(command.Options, output, extensions.Names, to => List(command, to));

    private bool RunOrThrow(Command command)
    {
        switch (command.Kind)
        {
            case CommandKind.Append or CommandKind.Insert or CommandKind.Replace or CommandKind.Delete or CommandKind.Check:
                EditRules(command);
                return command.Kind != CommandKind.Check;
            case CommandKind.DeleteNumber:
                table.Delete(ChainOf(command), Index(command.Number));
                return true;
            case CommandKind.List:
                WriteListing(command);
                break;
            case CommandKind.ListRules:
                ListRules(command);
                break;
            case CommandKind.Flush:
                foreach (Chain chain in ChainsOf(command, "Flushing"))
                {
                    table.Flush(chain);
                }

                return true;
            case CommandKind.Zero:
                Zero(command);
                return true;
            case CommandKind.NewChain:
                _ = table.AddChain(command.Chain.Span);
                return true;
            case CommandKind.DeleteChain:
                DeleteChains(command);
                return true;
            case CommandKind.RenameChain:
                Rename(command);
                return true;
            case CommandKind.SetPolicy:
                SetPolicy(command);
                return true;
        }

        if (command.AlsoZero)
        {
            Zero(command);
        }

        return command.AlsoZero;
    }

    private static int Index(uint number) => (int)Math.Min(number - 1, int.MaxValue);

    private static string Text(ReadOnlyMemory<byte> bytes) => MessageText.Of(bytes.Span);

    private Chain ChainOf(Command command)
    {
        if (_lastChain is { IsDeleted: false } last && command.Chain.Span.SequenceEqual(last.Name))
        {
            return last;
        }

        return _lastChain = table.Get(command.Chain.Span);
    }

    private IEnumerable<Chain> ChainsOf(Command command, string? verb = null)
    {
        if (verb is not null && command.Verbosity > 0 && command.HasChain)
        {
            WriteVerb(verb, command.Chain.Span);
        }

        if (command.HasChain)
        {
            yield return ChainOf(command);
            yield break;
        }

        foreach (Chain chain in table.Chains)
        {
            if (verb is not null && command.Verbosity > 0)
            {
                WriteVerb(verb, chain.Name);
            }

            yield return chain;
        }
    }

    private void WriteVerb(string verb, ReadOnlySpan<byte> chain)
    {
        output.Write(verb);
        output.Write(" chain `"u8);
        MessageText.Show(chain, output);
        output.Write("'\n"u8);
    }

    /// <summary>Every pair of addresses is a rule; those after one that is not found are tried all the same.</summary>
    private void EditRules(Command command)
    {
        int? verdict = FindVerdict(command);
        TableException? failure = null;
        int sources = Math.Max(command.Sources.Count, 1);
        int destinations = Math.Max(command.Destinations.Count, 1);
        for (int s = 0; s < sources; s++)
        {
            for (int d = 0; d < destinations; d++)
            {
                Rule head = command.Rule.Head;
                if (command.Sources.Count > 0)
                {
                    command.Sources.Address(s).CopyTo(head.Source);
                    command.Sources.Mask(s).CopyTo(head.SourceMask);
                }

                if (command.Destinations.Count > 0)
                {
                    command.Destinations.Address(d).CopyTo(head.Destination);
                    command.Destinations.Mask(d).CopyTo(head.DestinationMask);
                }

                Rule rule = command.Rule.Build(verdict, command.Counters, revisions);
                rule.ComeFrom = Line;
                if (command.Verbosity > 0)
                {
                    new Listing(table, extensions, CommandOptions.None, isVerbose: false, output).WriteChange(rule, command.Target.Span);
                }

                try
                {
                    EditRule(command, rule);
                }
                catch (TableException e)
                {
                    failure = e;
                }
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private void EditRule(Command command, Rule rule)
    {
        switch (command.Kind)
        {
            case CommandKind.Append:
                table.Append(ChainOf(command), rule.Bytes);
                break;
            case CommandKind.Insert:
                table.Insert(ChainOf(command), Index(Math.Max(command.Number, 1)), rule.Bytes);
                break;
            case CommandKind.Replace:
                Chain chain = ChainOf(command);
                table.Delete(chain, Index(command.Number));
                table.Insert(chain, Index(command.Number), rule.Bytes);
                break;
            default:
                int found = Find(ChainOf(command), rule);
                if (found < 0)
                {
                    throw new TableException(TableError.NoSuchRule);
                }

                if (command.Kind == CommandKind.Delete)
                {
                    table.Delete(ChainOf(command), found);
                }

                break;
        }
    }

    private int Find(Chain chain, Rule wanted)
    {
        _comparison ??= new RuleComparison(table, extensions);
        int number = 0;
        foreach (Rule rule in table.Rules(chain))
        {
            if (_comparison.AreSame(rule, wanted))
            {
                return number;
            }

            number++;
        }

        return -1;
    }

    /// <summary>The verdict or jump of a rule; null when its target is an extension.</summary>
    private int? FindVerdict(Command command)
    {
        ReadOnlySpan<byte> name = command.Target.Span;
        bool isGoto = (command.Options & CommandOptions.Goto) != 0;
        if (name.IsEmpty)
        {
            return Verdict.Continue;
        }

        if (!isGoto && StandardVerdict.TryParse(name, out int verdict))
        {
            return verdict;
        }

        Chain? chain = _lastTarget is { IsDeleted: false } last && name.SequenceEqual(last.Name) ? last : table.Find(name);
        if (chain is not null)
        {
            if (chain.IsBuiltIn)
            {
                throw Refused("Invalid argument. Run `dmesg' for more information.", $"Chain {Text(command.Target)} belongs to the kernel; rules jump only to chains made by -N.");
            }

            _lastTarget = chain;
            if (!isGoto && command.Rule.Target is { } shadowed)
            {
                warn($"Warning: using chain {shadowed.Name}, not extension");
            }

            return Verdict.JumpTo(chain.Id);
        }

        if (isGoto)
        {
            throw new UsageException($"goto '{Text(command.Target)}' is not a chain", ErrorShape.Absent);
        }

        if (name.SequenceEqual("standard"u8))
        {
            throw Answer("No chain/target/match by that name.", "\"standard\" is only iptables' word for ACCEPT, DROP, RETURN, QUEUE and jumps: name one of those.");
        }

        return command.Rule.Target is not null ? null : throw NoSuchTarget(name);
    }

    /// <summary>The error for a target that is none, or a chain that is not there.</summary>
    private UsageException NoSuchTarget(ReadOnlySpan<byte> name)
    {
        string typed = MessageText.Of(name);
        string? mistake = TargetHint(name);
        return new UsageException($"Couldn't load target `{typed}':No such file or directory\n", mistake is null ? ErrorShape.Absent : ErrorShape.Parameter)
        {
            Hint = mistake
                ?? $"\"{typed}\" is neither a chain of table {MessageText.Of(table.Name)} nor a target; a chain is made by -N before rules jump to it.",
        };
    }

    /// <summary>The target that was meant; null when it may well be a chain.</summary>
    private string? TargetHint(ReadOnlySpan<byte> name)
    {
        string typed = MessageText.Of(name);
        foreach (string verdict in (string[])["ACCEPT", "DROP", "RETURN", "QUEUE"])
        {
            if (verdict.Equals(typed, StringComparison.OrdinalIgnoreCase))
            {
                return $"Targets are written in capitals: {verdict}.";
            }
        }

        if (new ExtensionSet(extensions.Family).Find(Encoding.UTF8.GetBytes(typed.ToUpperInvariant()), isTarget: true) is { } extension)
        {
            return $"Targets are written in capitals: {extension.Name}.";
        }

        return null;
    }

    private void List(Command command, Output to)
    {
        Listing listing = new(table, extensions, command.Options, command.Verbosity > 0, to);
        if (command.Number > 0)
        {
            listing.WriteRule(ChainOf(command), command.Number);
            return;
        }

        bool isFirst = true;
        foreach (Chain chain in ChainsOf(command))
        {
            if (!isFirst)
            {
                to.Write((byte)'\n');
            }

            isFirst = false;
            listing.Write(chain);
        }
    }

    private void ListRules(Command command)
    {
        RuleText text = new(table, extensions, output);
        bool showCounters = command.Verbosity > 0;
        if (command.Number == 0)
        {
            foreach (Chain chain in ChainsOf(command))
            {
                text.WriteChainCommand(chain, showCounters);
            }
        }

        foreach (Chain chain in ChainsOf(command))
        {
            uint number = 0;
            foreach (Rule rule in table.Rules(chain))
            {
                if (++number == command.Number || command.Number == 0)
                {
                    text.Write(chain, rule, showCounters);
                    output.FlushIfLarge();
                }
            }
        }
    }

    private void Zero(Command command)
    {
        if (command.ZeroesRule)
        {
            table.Zero(ChainOf(command), Index(command.Number));
            return;
        }

        foreach (Chain chain in ChainsOf(command, "Zeroing"))
        {
            table.Zero(chain);
        }
    }

    /// <summary>Without a name, all chains of users are tried, and the last failure is the one that is told.</summary>
    private void DeleteChains(Command command)
    {
        TableError? failure = null;
        foreach (Chain chain in command.HasChain ? ChainsOf(command, "Deleting") : UserChains(command))
        {
            try
            {
                table.DeleteChain(chain);
            }
            catch (TableException e)
            {
                failure = e.Error;
            }
        }

        if (failure is { } error)
        {
            throw new TableException(error);
        }
    }

    private IEnumerable<Chain> UserChains(Command command)
    {
        foreach (Chain chain in table.Chains)
        {
            if (!chain.IsBuiltIn)
            {
                if (command.Verbosity > 0)
                {
                    WriteVerb("Deleting", chain.Name);
                }

                yield return chain;
            }
        }
    }

    private void Rename(Command command)
    {
        if (table.Find(command.NewName.Span) is not null)
        {
            throw new TableException(TableError.ChainExists);
        }

        Chain chain = ChainOf(command);
        table.RenameChain(chain, command.NewName.Span);
        _lastChain = _lastTarget = null;
    }

    private void SetPolicy(Command command)
    {
        Chain? chain = table.Find(command.Chain.Span);
        if (chain is not { IsBuiltIn: true })
        {
            throw new TableException(TableError.ChainNotBuiltIn);
        }

        if (!StandardVerdict.TryParse(command.NewName.Span, out int verdict) || verdict is not (Verdict.Accept or Verdict.Drop))
        {
            throw Refused("Bad policy name. Run `dmesg' for more information.", $"A policy is ACCEPT or DROP, not \"{Text(command.NewName)}\".");
        }

        chain.SetPolicy(verdict, command.Counters);
    }

    private static UsageException Refused(string message, string? hint) => new(message, ErrorShape.Refused) { Hint = hint };

    private static UsageException Answer(string message, string? hint) => new(message, ErrorShape.Answer) { Hint = hint };

    private UsageException Explain(Command command, TableError error)
    {
        string chain = Text(command.Chain);
        string name = MessageText.Of(table.Name);
        switch (error)
        {
            case TableError.NoSuchChain when command.Kind is CommandKind.Check or CommandKind.Delete:
                return Answer("Bad rule (does a matching rule exist in that chain?).", $"There is no chain \"{chain}\" in table {name}.");
            case TableError.NoSuchChain:
                return Answer("No chain/target/match by that name.", $"There is no chain \"{chain}\" in table {name}.");
            case TableError.NoSuchRule:
                bool isVerdict = command.Target.IsEmpty || StandardVerdict.TryParse(command.Target.Span, out _);
                return Answer(
                    isVerdict ? "Bad rule (does a matching rule exist in that chain?)." : "No chain/target/match by that name.",
                    $"Chain {chain} of table {name} has no rule that is exactly like this one.");
            case TableError.ChainExists:
                return Answer(command.Kind == CommandKind.RenameChain ? "File exists." : "Chain already exists.",
                    $"Table {name} has a chain \"{Text(command.Kind == CommandKind.RenameChain ? command.NewName : command.Chain)}\" already.");
            case TableError.ChainInUse:
                return Answer("Too many links.", command.HasChain ? $"Rules jump to chain {chain}; delete those first." : "Rules jump to a chain; flush first: -F.");
            case TableError.ChainNotEmpty:
                return Answer("Directory not empty.", command.HasChain ? $"Chain {chain} has rules; flush it first: -F {chain}." : "A chain has rules; flush first: -F.");
            case TableError.ChainBuiltIn when command.Kind == CommandKind.RenameChain:
                return Answer("No chain/target/match by that name.", $"Chain {chain} belongs to the kernel and keeps its name.");
            case TableError.ChainBuiltIn:
                return Answer("Invalid argument. Run `dmesg' for more information.", $"Chain {chain} belongs to the kernel and stays.");
            case TableError.ChainNotBuiltIn:
                return Answer("Bad built-in chain name.", $"Only a built-in chain of table {name} has a policy; \"{chain}\" is none.");
            default:
                string what = command.Kind switch
                {
                    CommandKind.Insert => "insertion",
                    CommandKind.Replace => "replacement",
                    CommandKind.Zero or CommandKind.List or CommandKind.ListRules => "counter",
                    _ => "deletion",
                };
                return Answer($"Index of {what} too big.", table.Find(command.Chain.Span) is { } there ? $"Chain {chain} has {there.RuleCount} rules." : null);
        }
    }
}
