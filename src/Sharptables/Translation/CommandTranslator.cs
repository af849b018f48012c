using System;
using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Formats.Nft;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Translation;

/// <summary>Writes commands of iptables as commands of nft(8), a line each; what nft cannot say as a comment.</summary>
/// <param name="extensions">The extensions of the family.</param>
/// <param name="output">Where to write.</param>
internal sealed class CommandTranslator(ExtensionSet extensions, Output output)
{
    private readonly Output _line = new(Output.Kept);

    /// <summary>Whether each line is a command for a shell.</summary>
    public bool IsForShell { get; init; }

    private RuleTranslator Rules => field ??= new(extensions, saysAsOriginal: true);

    private string Family => extensions.Family.NftName;

    /// <summary>Writes a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="words">Its words, for the comment.</param>
    /// <returns>Null, or what nft cannot say.</returns>
    public string? Translate(Command command, Words words)
    {
        int start = output.Length;
        string? unsayable = !NftWords.IsName(command.Table.Span) ? $"the name of table {MessageText.Of(command.Table.Span)}"
            : command.HasChain && !NftWords.IsName(command.Chain.Span) ? $"the name of chain {MessageText.Of(command.Chain.Span)}"
            : command.Kind is CommandKind.Append or CommandKind.Insert ? TranslateRules(command)
            : TranslateOther(command);
        if (unsayable is not null)
        {
            output.Truncate(start);
            WriteComment(command, words);
        }

        return unsayable;
    }

    /// <summary>Writes that there is a table.</summary>
    public void AddTable(ReadOnlySpan<byte> table) => Write($"add table {Family} {Name(table)}");

    /// <summary>Writes that there is a chain; a built-in one with its hook and policy.</summary>
    /// <returns>Null, or what nft cannot say.</returns>
    public string? AddChain(ReadOnlySpan<byte> table, ReadOnlySpan<byte> chain, ReadOnlySpan<byte> policy)
    {
        if (!NftWords.IsName(chain))
        {
            output.Write("# :"u8);
            MessageText.Show(chain, output);
            output.Write((byte)'\n');
            return $"the name of chain {MessageText.Of(chain)}";
        }

        Write($"add chain {Family} {Name(table)} {Name(chain)}{(StandardVerdict.TryParse(policy, out int verdict) ? BaseChainText.Of(extensions.Family, table, chain, verdict) : "")}");
        return null;
    }

    /// <summary>Writes a rule that takes everything.</summary>
    public void AddVerdict(ReadOnlySpan<byte> table, ReadOnlySpan<byte> chain, int verdict) => Write($"add rule {Family} {Name(table)} {Name(chain)} counter {RuleTranslator.WordFor(verdict)}");

    private string? TranslateRules(Command command)
    {
        for (long i = 0; i < command.Rule.Context.Alternatives.Count; i++)
        {
            command.Rule.Choose(i);
            bool isVerdict = StandardVerdict.TryParse(command.Target.Span, out int verdict) && (command.Options & CommandOptions.Goto) == 0;
            Rule rule = command.Rule.Build(isVerdict ? verdict : command.Rule.Target is null ? Verdict.Continue : null, command.Counters);
            bool showsCounters = command.Counters.Packets != 0 || command.Counters.Bytes != 0;
            if (Rules.Translate(rule, isVerdict ? default : command.Target.Span, showsCounters) is { } unsayable)
            {
                return unsayable;
            }

            string place = $"rule {Family} {Name(command.Table.Span)} {Name(command.Chain.Span)}";
            foreach ((string name, string declaration) in Rules.Sets)
            {
                Write($"add set {Family} {Name(command.Table.Span)} {name} {{ {declaration} }}");
            }

            _line.Write(command.Kind == CommandKind.Append ? "add " : "insert ");
            _line.Write(place);
            _line.Write(command.Kind == CommandKind.Insert && command.Number > 1 ? $" index {command.Number - 1}" : ""); // nft counts from 0
            _line.Write(Rules.Text);
            EndLine(isQuoted: true);
        }

        return null;
    }

    private string? TranslateOther(Command command)
    {
        string table = Name(command.Table.Span), chain = Name(command.Chain.Span);
        string what = command.HasChain ? $"chain {Family} {table} {chain}" : $"table {Family} {table}";
        switch (command.Kind)
        {
            case CommandKind.List or CommandKind.ListRules:
                Write($"list {what}");
                return command.AlsoZero ? Reset(what) : null;
            case CommandKind.Flush:
                Write($"flush {what}");
                return null;
            case CommandKind.Zero when !command.ZeroesRule:
                return Reset(what);
            case CommandKind.NewChain when !command.NewName.IsEmpty:
                return "the policy of a user's chain";
            case CommandKind.NewChain:
                Write($"add {what}");
                return null;
            case CommandKind.DeleteChain when command.HasChain:
                Write($"delete {what}");
                return null;
            case CommandKind.DeleteChain:
                return "all chains at once";
            case CommandKind.RenameChain when NftWords.IsName(command.NewName.Span):
                Write($"rename {what} {Name(command.NewName.Span)}");
                return null;
            case CommandKind.RenameChain:
                return $"the name of chain {MessageText.Of(command.NewName.Span)}";
            case CommandKind.SetPolicy when StandardVerdict.TryParse(command.NewName.Span, out int verdict) && verdict is Verdict.Accept or Verdict.Drop
                && BaseChainText.Of(extensions.Family, command.Table.Span, command.Chain.Span, verdict) is { } text:
                Write($"add {what}{text}");
                return null;
            case CommandKind.SetPolicy:
                return "such a policy of such a chain";
            default:
                return $"a rule by its number or text, but only by its handle, which nft -a list chain {Family} {table} {chain} shows";
        }
    }

    /// <summary>Sets counters to zero; in a file it is left out, since a version of nft(8) that lacks the command would read none of it.</summary>
    private string? Reset(string what)
    {
        if (!IsForShell)
        {
            return "a change of counters";
        }

        Write($"reset rules {what}");
        return null;
    }

    private static string Name(ReadOnlySpan<byte> name) => Encoding.ASCII.GetString(name);

    /// <summary>As the original has it: the words, each followed by a blank; those that need quotes have them.</summary>
    private void WriteComment(Command command, Words words)
    {
        output.Write(IsForShell ? "nft #"u8 : "# -t "u8);
        output.Write(IsForShell ? default : command.Table.Span);
        output.Write((byte)' ');
        for (int i = 0; i < words.Count; i++)
        {
            int start = output.Length;
            QuotedText.WriteName(words.Span(i), output);
            MessageText.ShowFrom(output, start);
            output.Write((byte)' ');
        }

        output.Write((byte)'\n');
    }

    private void Write(string line)
    {
        _line.Write(line);
        EndLine(line.Contains('{'));
    }

    /// <summary>For a shell, what has more than plain words is in quotes; one in it ends them, and they begin again.</summary>
    private void EndLine(bool isQuoted)
    {
        output.Write(IsForShell ? "nft "u8 : default);
        output.Write(IsForShell && isQuoted ? "'"u8 : default);
        foreach (byte c in _line.Written)
        {
            output.Write(IsForShell && c == '\'' ? "'\\''"u8 : [c]);
        }

        output.Write(IsForShell && isQuoted ? "'\n"u8 : "\n"u8);
        _line.Clear();
    }
}
