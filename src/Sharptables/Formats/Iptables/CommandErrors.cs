using System;
using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// The errors of a command that is impossible for a table: iptables' message, and as a hint what is known beyond it.
/// </summary>
internal static class CommandErrors
{
    /// <summary>The error for an impossible edit.</summary>
    public static UsageException Of(TableError error, Command command, Table table)
    {
        string chain = Text(command.Chain);
        string name = MessageText.Of(table.Name);
        bool isNft = table.Interface == KernelInterface.Nft;
        switch (error)
        {
            case TableError.NoSuchChain or TableError.NoSuchNumber when isNft && command.ZeroesRule:
                return Answer("Bad rule (does a matching rule exist in that chain?).", $"There is no rule {command.Number} in a chain \"{chain}\" of table {name}.");
            case TableError.NoSuchChain when command.Kind is CommandKind.Check or CommandKind.Delete:
                return Answer("Bad rule (does a matching rule exist in that chain?).", $"There is no chain \"{chain}\" in table {name}.");
            case TableError.NoSuchChain:
                return Answer("No chain/target/match by that name.", $"There is no chain \"{chain}\" in table {name}.");
            case TableError.NoSuchRule:
                bool isBadRule = isNft || command.Target.IsEmpty || StandardVerdict.TryParse(command.Target.Span, out _);
                return Answer(
                    isBadRule ? "Bad rule (does a matching rule exist in that chain?)." : "No chain/target/match by that name.",
                    $"Chain {chain} of table {name} has no rule that is exactly like this one.");
            case TableError.ChainExists:
                return Answer(command.Kind == CommandKind.RenameChain ? "File exists." : "Chain already exists.",
                    $"Table {name} has a chain \"{Text(command.Kind == CommandKind.RenameChain ? command.NewName : command.Chain)}\" already.");
            case TableError.ChainInUse:
                return Answer("Too many links.", command.HasChain ? $"Rules jump to chain {chain}; delete those first." : "Rules jump to a chain; flush first: -F.");
            case TableError.ChainNotEmpty:
                return Answer("Directory not empty.", command.HasChain ? $"Chain {chain} has rules; flush it first: -F {chain}." : "A chain has rules; flush first: -F.");
            case TableError.ChainBuiltIn when command.Kind == CommandKind.RenameChain:
                return Answer("No chain/target/match by that name.", $"Chain {chain} is built in and cannot be renamed.");
            case TableError.ChainBuiltIn:
                return Answer("Invalid argument. Run `dmesg' for more information.", $"Chain {chain} is built in and cannot be deleted.");
            case TableError.ChainNotBuiltIn:
                return Answer("Bad built-in chain name.", $"Only a built-in chain of table {name} has a policy; \"{chain}\" is not one.");
            default:
                string what = command.Kind switch
                {
                    CommandKind.Insert => "insertion",
                    CommandKind.Replace => "replacement",
                    CommandKind.Zero or CommandKind.List or CommandKind.ListRules or CommandKind.ChangeCounters => "counter",
                    _ => "deletion",
                };
                return Answer($"Index of {what} too big.", table.Find(command.Chain.Span) is { } there ? $"Chain {chain} has {there.RuleCount} rules." : null);
        }
    }

    /// <summary>The error for a jump to a built-in chain.</summary>
    public static UsageException JumpToBuiltIn(Command command, Table table)
    {
        string hint = $"Chain {Text(command.Target)} is built in; rules jump only to chains created by -N.";
        string what = command.Kind switch
        {
            CommandKind.Insert => "RULE_INSERT",
            CommandKind.Replace => "RULE_REPLACE",
            _ => "RULE_APPEND",
        };
        return table.Interface == KernelInterface.Legacy ? Refused("Invalid argument. Run `dmesg' for more information.", hint)
            : command.Kind is CommandKind.Check or CommandKind.Delete ? Answer("Bad rule (does a matching rule exist in that chain?).", hint)
            : RefusedByNft(new NftRefusal(what, Errno.EOPNOTSUPP, $"rule in chain {Text(command.Chain)}"), hint);
    }

    /// <summary>The error for a <c>-g</c> to something that is not a chain.</summary>
    public static UsageException NoSuchGoto(ReadOnlySpan<byte> target, Table table) => new(
        table.Interface == KernelInterface.Legacy ? $"goto '{MessageText.Of(target)}' is not a chain" : $"Chain '{MessageText.Of(target)}' does not exist", ErrorShape.Absent);

    /// <summary>The error for a user's chain that nf_tables does not let go.</summary>
    public static UsageException ChainBusy(TableError error, ReadOnlySpan<byte> chain)
    {
        string name = MessageText.Of(chain);
        string hint = error == TableError.ChainInUse ? $"Rules jump to chain {name}; delete those first." : $"Chain {name} has rules; flush it first: -F {name}.";
        return RefusedByNft(new NftRefusal("CHAIN_DEL", Errno.EBUSY, $"chain {name}"), hint);
    }

    /// <summary>The error for a change that nf_tables refuses.</summary>
    public static UsageException RefusedByNft(NftRefusal refusal, string? hint) => new($" {refusal}", ErrorShape.RefusedByNft) { Hint = hint };

    /// <summary>The error for a target that is neither an extension nor a chain.</summary>
    public static UsageException NoSuchTarget(ReadOnlySpan<byte> target, Table table, ExtensionSet extensions)
    {
        if (target.SequenceEqual("standard"u8))
        {
            return Answer("No chain/target/match by that name.", "\"standard\" is only iptables' word for ACCEPT, DROP, RETURN, QUEUE and jumps: name one of those.");
        }

        string typed = MessageText.Of(target);
        string? lacking = extensions.Plugins?.Lacking;
        bool isMistake = lacking is not null || IsTarget(typed.ToUpperInvariant(), extensions.Family);
        string message = table.Interface == KernelInterface.Legacy ? $"Couldn't load target `{typed}':No such file or directory\n" : $"Chain '{typed}' does not exist";
        return new UsageException(message, isMistake ? ErrorShape.WrongUsage : ErrorShape.Absent)
        {
            Hint = lacking ?? $"\"{typed}\" is neither a chain of table {MessageText.Of(table.Name)} nor a target; create a chain with -N before rules jump to it.",
        };
    }

    /// <summary>Whether a word that is not there as it was typed would be a target, so that it is no question for a chain.</summary>
    private static bool IsTarget(string name, Family family) =>
        StandardVerdict.TryParse(Encoding.UTF8.GetBytes(name), out _) || new ExtensionSet(family).Find(Encoding.UTF8.GetBytes(name), isTarget: true) is not null;

    /// <summary>The error for an invalid policy.</summary>
    public static UsageException NoSuchPolicy(ReadOnlySpan<byte> policy) =>
        Refused("Bad policy name. Run `dmesg' for more information.", $"A policy is ACCEPT or DROP, not \"{MessageText.Of(policy)}\".");

    private static string Text(ReadOnlyMemory<byte> bytes) => MessageText.Of(bytes.Span);

    private static UsageException Refused(string message, string? hint) => new(message, ErrorShape.Refused) { Hint = hint };

    private static UsageException Answer(string message, string? hint) => new(message, ErrorShape.Answer) { Hint = hint };
}
