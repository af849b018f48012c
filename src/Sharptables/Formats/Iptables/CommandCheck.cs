using System;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>The checks across options, in the order in which iptables makes them.</summary>
internal static class CommandCheck
{
    private const CommandOptions ListedTwice = CommandOptions.LineNumbers | CommandOptions.AsCommands;

    /// <summary>Checks a command and completes it.</summary>
    /// <exception cref="UsageException">Options contradict each other, or something is missing.</exception>
    public static void Finish(Uses uses, CommandBuilder builder)
    {
        Command command = builder.Command;
        CheckNatDrop(command);
        if ((command.Options & (CommandOptions.Wait | CommandOptions.WaitInterval)) == CommandOptions.WaitInterval)
        {
            throw new UsageException("--wait-interval only makes sense with --wait\n");
        }

        FinishExtensions(uses, command.Rule, isTarget: false);
        FinishExtensions(uses, command.Rule, isTarget: true);
        if (uses.HasSurplus)
        {
            throw new UsageException("unknown arguments found on commandline");
        }

        if (command.Kind == CommandKind.None)
        {
            throw new UsageException("no command specified");
        }

        if (uses.EndsInverted)
        {
            throw new UsageException("nothing appropriate following !");
        }

        builder.ReadLate(uses);
        FinishExtension(uses, command.Rule, 0);
        if (command.Kind == CommandKind.Replace && command.Rule.Context.Alternatives.Count > 1)
        {
            throw new UsageException("Replacement rule does not specify a unique address");
        }

        CheckOptions(uses, command);
    }

    private static void CheckNatDrop(Command command)
    {
        if (command.Table.Span.SequenceEqual("nat"u8) && command.Family.XTables is not null
            && (command.Target.Span.SequenceEqual("DROP"u8) || (command.Kind == CommandKind.SetPolicy && command.NewName.Span.SequenceEqual("DROP"u8))))
        {
            throw new UsageException("\nThe \"nat\" table is not intended for filtering, the use of DROP is therefore inhibited.\n\n");
        }
    }

    private static void FinishExtensions(Uses uses, RuleBuilder rule, bool isTarget)
    {
        for (int i = 1; i < rule.Count; i++)
        {
            if (rule[i].Extension.IsTarget == isTarget)
            {
                FinishExtension(uses, rule, i);
            }
        }
    }

    private static void FinishExtension(Uses uses, RuleBuilder rule, int index)
    {
        Extension extension = rule[index].Extension;
        Given given = new(extension, rule[index].Given);
        extension.Finish(rule.Payload(index), given, rule.Context);
        if (!uses.AreKnown)
        {
            extension.CheckGiven(given);
        }
    }

    private static void CheckOptions(Uses uses, Command command)
    {
        if (!uses.AreKnown && Misplaced(uses, command) is { } misplaced)
        {
            throw new UsageException(misplaced);
        }

        if ((command.Options & ListedTwice) == ListedTwice)
        {
            throw new UsageException("--Lx is not compatible with --Ln");
        }

        ReadOnlySpan<byte> chain = command.Chain.Span;
        if (command.HasChain && chain.Length > command.Family.MaxChainName)
        {
            throw new UsageException($"chain name `{MessageText.Of(chain)}' too long (must be under {command.Family.MaxChainName + 1} chars)");
        }

        if (uses.HangOnChain)
        {
            CheckChain(uses, chain);
        }
    }

    private static void CheckChain(Uses uses, ReadOnlySpan<byte> chain)
    {
        foreach (ref readonly OptionUse use in uses.Options)
        {
            if (use.Option is { NotInChains: { } never } option && IsOneOf(chain, never))
            {
                throw new UsageException(option.NotInChainsComplaint ?? $"Can't use -{option.Letter} with {MessageText.Of(chain)}\n") { Hint = option.NotInChainsHint };
            }
        }
    }

    /// <summary>The message for the option of the lowest rank that the command does not take; null if there is none.</summary>
    private static string? Misplaced(Uses uses, Command command)
    {
        int lowest = int.MaxValue;
        BaseOption? own = null;
        string? misplaced = null;
        foreach (ref readonly OptionUse use in uses.Options)
        {
            (bool isMisplaced, int rank, char letter) = use switch
            {
                { Own: { } option } => (option.Commands is { } commands && Array.IndexOf(commands, command.Kind) < 0, option.Rank, option.LetterInMessages),
                { Option: { } option } => (use.Extension == 0 && !command.HasRule, option.Rank, option.Letter),
                _ => default,
            };
            if (isMisplaced && rank < lowest)
            {
                (lowest, misplaced, own) = (rank, letter == '\0' ? $"--{use.Option?.FullName}" : $"-{letter}", use.Own);
            }
        }

        return misplaced is not null ? own?.MisplacedComplaint ?? Dialect.Of(command.Family).Complaints.Misplaced(misplaced) : null;
    }

    private static bool IsOneOf(ReadOnlySpan<byte> chain, string[] names)
    {
        foreach (string name in names)
        {
            if (Ascii.Equals(chain, name))
            {
                return true;
            }
        }

        return false;
    }
}
