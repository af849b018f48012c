using System;
using System.Collections.Generic;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;

namespace Sharptables.Editing;

/// <summary>Edits a table in memory; the kernel sees nothing of it until the table is written.</summary>
/// <param name="table">The table.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="text">Reports changes if <c>-v</c> was given.</param>
/// <param name="warn">Called with each warning, without the program's name.</param>
internal sealed class TableEditor(Table table, ExtensionSet extensions, ChangeText text, Action<string> warn)
{
    private RuleComparison? _comparison;
    private Chain? _lastChain;
    private Chain? _lastTarget;

    /// <summary>The line of input that the next rules come from; 0 without input.</summary>
    public int Line { get; set; }

    /// <summary>Runs a command that edits rules or chains, or <c>-C</c>.</summary>
    /// <exception cref="TableException">It is impossible; the table may be half edited and must not be written.</exception>
    /// <exception cref="UsageException">The command refers to something that does not exist.</exception>
    public void Edit(Command command)
    {
        switch (command.Kind)
        {
            case CommandKind.DeleteNumber:
                DeleteNumbers(command);
                break;
            case CommandKind.ChangeCounters when command.Range is not null:
                (Chain its, int first, int count) = RangeOf(command);
                for (int i = first; i < first + count; i++)
                {
                    ChangeCounters(its, i, command.CounterChange);
                }

                break;
            case CommandKind.Flush:
                foreach (Chain chain in ChainsOf(command, "Flushing"))
                {
                    table.Flush(chain);
                    chain.IsWanted |= command.HasChain;
                }

                break;
            case CommandKind.Zero:
                Zero(command);
                break;
            case CommandKind.NewChain:
                Chain made = table.AddChain(command.Chain.Span);
                if (extensions.Family.HasUserPolicies)
                {
                    made.Policy = command.NewName.IsEmpty || !StandardVerdict.TryParse(command.NewName.Span, out int policy) ? Verdict.Accept : policy;
                }

                break;
            case CommandKind.DeleteChain:
                DeleteChains(command);
                break;
            case CommandKind.RenameChain:
                Rename(command);
                break;
            case CommandKind.SetPolicy:
                SetPolicy(command);
                break;
            default:
                EditRules(command);
                break;
        }
    }

    /// <summary>Zeroes the counters of a rule, a chain, or all chains.</summary>
    /// <exception cref="TableException">There is no such chain or rule.</exception>
    public void Zero(Command command)
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

    /// <summary>Deletes all rules and all user-defined chains.</summary>
    /// <param name="isVerbose">Whether to report each.</param>
    public void Clear(bool isVerbose)
    {
        IReadOnlyList<Chain> chains = table.Chains;
        foreach (Chain chain in chains)
        {
            Say("Flushing", chain.Name, isVerbose);
            table.Flush(chain);
        }

        foreach (Chain chain in chains)
        {
            if (!chain.IsBuiltIn)
            {
                Say("Deleting", chain.Name, isVerbose);
                table.DeleteChain(chain);
            }
        }
    }

    private void DeleteNumbers(Command command)
    {
        if (command.Range is null)
        {
            table.Delete(ChainOf(command), Index(command.Number));
            return;
        }

        (Chain chain, int first, int count) = RangeOf(command);
        for (; count > 0; count--)
        {
            table.Delete(chain, first);
        }
    }

    /// <summary>The rules of a chain that a command names by numbers, from 1, or below 0 from the end.</summary>
    private (Chain Chain, int First, int Count) RangeOf(Command command)
    {
        Chain chain = ChainOf(command);
        int all = table.CountUpTo(chain, int.MaxValue);
        (int first, int last) = command.Range!.Value;
        first = first < 0 ? all + first : first - 1;
        last = last < 0 ? all + last : last - 1;
        return first < 0 || last < first || last >= all ? throw new TableException(TableError.NoSuchNumber) : (chain, first, last - first + 1);
    }

    private void ChangeCounters(Chain chain, int number, CounterChange change)
    {
        int at = 0;
        foreach (Rule rule in table.Rules(chain))
        {
            if (at++ != number)
            {
                continue;
            }

            if (ForeignRule.Is(rule.Target))
            {
                throw new TableException(TableError.NoSuchRule); // only nft can say it
            }

            byte[] bytes = rule.Bytes.ToArray();
            Rule changed = new(bytes, table.Layout) { Counters = change.Of(rule.Counters) };
            table.Delete(chain, number);
            table.Insert(chain, number, changed.Bytes);
            return;
        }
    }

    private static int Index(uint number) => (int)Math.Min(number - 1, int.MaxValue);

    private void Say(string verb, ReadOnlySpan<byte> chain, bool isVerbose)
    {
        if (isVerbose)
        {
            text.Write(verb, chain);
        }
    }

    private Chain ChainOf(Command command)
    {
        if (_lastChain is { IsDeleted: false } last && command.Chain.Span.SequenceEqual(last.Name))
        {
            return last;
        }

        return _lastChain = WithPolicy(table.Get(command.Chain.Span));
    }

    /// <summary>A chain of which it is known what its policy is: that of a user's is among its rules.</summary>
    private Chain WithPolicy(Chain chain)
    {
        if (extensions.Family.HasUserPolicies && !chain.IsBuiltIn)
        {
            _ = table.CountUpTo(chain, int.MaxValue);
        }

        return chain;
    }

    /// <summary>The chain of a command, or all; reports each before it is used.</summary>
    private IEnumerable<Chain> ChainsOf(Command command, string verb, bool usersOnly = false)
    {
        if (command.HasChain)
        {
            Say(verb, command.Chain.Span, command.Verbosity > 0);
            yield return ChainOf(command);
            yield break;
        }

        foreach (Chain chain in table.Chains)
        {
            if (!usersOnly || !chain.IsBuiltIn)
            {
                Say(verb, chain.Name, command.Verbosity > 0);
                yield return WithPolicy(chain);
            }
        }
    }

    /// <summary>Each pair of addresses makes a rule; after one that is not found, the others are tried nevertheless.</summary>
    private void EditRules(Command command)
    {
        int? verdict = FindVerdict(command);
        TableException? failure = null;
        long rules = command.Rule.Context.Alternatives.Count;
        for (long i = 0; i < rules; i++)
        {
            if (rules > 1)
            {
                command.Rule.Choose(i);
            }

            Rule rule = command.Rule.Build(verdict, command.Counters);
            rule.Line = Line;
            if (table.Interface == KernelInterface.Nft && rule.Protocol == 0)
            {
                rule.Flags &= ~rule.Layout.ProtocolFlag; // where any protocol is no condition, it is not kept that one said so
            }

            if (command.Verbosity > 0)
            {
                text.Write(rule, command.Target.Span);
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
                table.Insert(ChainOf(command), PlaceOf(command), rule.Bytes);
                break;
            case CommandKind.Replace:
                Chain chain = ChainOf(command);
                table.Delete(chain, Index(command.Number));
                table.Insert(chain, Index(command.Number), rule.Bytes);
                break;
            default:
                int found = Find(ChainOf(command), rule, withCounters: (command.Options & CommandOptions.OwnCounters) != 0);
                if (command.Kind == CommandKind.Delete)
                {
                    table.Delete(ChainOf(command), found);
                }
                else if (command.Kind == CommandKind.ChangeCounters)
                {
                    ChangeCounters(ChainOf(command), found, command.CounterChange);
                }

                break;
        }
    }

    /// <summary>Finds the first rule of a chain that is equal to another, as that is or as it would be held.</summary>
    /// <returns>Its number, from 0.</returns>
    private int Find(Chain chain, Rule wanted, bool withCounters)
    {
        _comparison ??= new RuleComparison(table, extensions);
        return _comparison.Find(chain, wanted, withCounters)
            ?? (table.Origin.AsWritten(wanted) is { } held ? _comparison.Find(chain, new Rule(held, table.Layout), withCounters) : null)
            ?? throw new TableException(TableError.NoSuchRule);
    }

    /// <summary>The place of a rule that is inserted, from 0; a number below 1 counts from behind the last rule.</summary>
    private int PlaceOf(Command command)
    {
        if (command.Range is not { First: var number })
        {
            return Index(Math.Max(command.Number, 1));
        }

        int place = number > 0 ? number - 1 : table.CountUpTo(ChainOf(command), int.MaxValue) + number;
        return place < 0 ? throw new TableException(TableError.NoSuchNumber) : place;
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
        if (chain is null)
        {
            return isGoto ? throw CommandErrors.NoSuchGoto(name, table)
                : command.Rule.Target is null ? throw CommandErrors.NoSuchTarget(name, table, extensions)
                : null;
        }

        if (chain.IsBuiltIn)
        {
            // That the rule's own chain or place is not there is said first: it is the kernel that refuses the jump.
            Chain own = ChainOf(command);
            int needed = command.Kind switch { CommandKind.Insert => PlaceOf(command) - 1, CommandKind.Replace => Index(command.Number), _ => -1 };
            if (needed >= 0 && needed >= table.CountUpTo(own, needed + 1))
            {
                throw new TableException(TableError.NoSuchNumber);
            }

            throw CommandErrors.JumpToBuiltIn(command, table);
        }

        _lastTarget = chain;
        if (!isGoto && command.Rule.Target is { } shadowed)
        {
            if (table.Interface == KernelInterface.Nft)
            {
                return null;
            }

            warn($"Warning: using chain {shadowed.Name}, not extension");
        }

        return Verdict.JumpTo(chain.Id);
    }

    /// <summary>
    /// Without a name, tries to delete all user-defined chains and reports the last failure; for nf_tables, which deletes all or none, the
    /// first. There, a built-in chain may be deleted, too, if it accepts: it is there again when it is needed.
    /// </summary>
    private void DeleteChains(Command command)
    {
        bool isNft = table.Interface == KernelInterface.Nft;
        TableException? failure = null;
        foreach (Chain chain in ChainsOf(command, "Deleting", usersOnly: true))
        {
            if (isNft && chain.IsBuiltIn)
            {
                failure = !table.Origin.ChecksDeletionOf(chain) ? new TableException(TableError.NoSuchChain)
                    : chain.Policy != Verdict.Accept || (extensions.Family.HasUserPolicies && table.CountUpTo(chain, 1) > 0) ? new TableException(TableError.ChainNotEmpty)
                    : null;
                if (failure is null)
                {
                    table.DeleteChain(chain);
                }

                continue;
            }

            try
            {
                table.DeleteChain(chain);
            }
            catch (TableException e)
            {
                failure = isNft ? throw CommandErrors.ChainBusy(e.Error, chain.Name) : e;
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private void Rename(Command command)
    {
        if (table.Find(command.NewName.Span) is not null)
        {
            throw new TableException(TableError.ChainExists);
        }

        table.RenameChain(ChainOf(command), command.NewName.Span);
        _lastChain = _lastTarget = null;
    }

    private void SetPolicy(Command command)
    {
        Chain? chain = table.Find(command.Chain.Span);
        if (extensions.Family.HasUserPolicies && chain is not { IsBuiltIn: true })
        {
            _ = StandardVerdict.TryParse(command.NewName.Span, out int wanted); // which has been checked
            WithPolicy(chain ?? throw new TableException(TableError.NoSuchChain)).Policy = wanted;
            return;
        }

        bool isPolicy = StandardVerdict.TryParse(command.NewName.Span, out int verdict) && verdict is Verdict.Accept or Verdict.Drop;
        if (chain is not { IsBuiltIn: true } && (isPolicy || table.Interface == KernelInterface.Legacy))
        {
            throw new TableException(TableError.ChainNotBuiltIn);
        }

        if (!isPolicy)
        {
            throw CommandErrors.NoSuchPolicy(command.NewName.Span);
        }

        chain!.SetPolicy(verdict, command.Counters);
    }
}
