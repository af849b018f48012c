using System;
using System.Text;
using Sharptables.Backends.Nft;
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

    /// <summary>Whether a chain whose name nft(8) does not take gets another (<see cref="NftWords.NameFor"/>).</summary>
    public bool RenamesChains { get; init; }

    /// <summary>Whether counters begin as the commands say.</summary>
    public bool ShowsCounters { get; init; }

    /// <summary>See <see cref="NftText.SaysAsOriginal"/>.</summary>
    public bool SaysAsOriginal { get; init; } = true;

    private RuleTranslator Rules => field ??= new(extensions, SaysAsOriginal);

    private string Family => extensions.Family.NftName;

    /// <summary>Writes a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="words">Its words, for the comment.</param>
    /// <returns>Null, or what nft cannot say.</returns>
    public string? Translate(Command command, Words words)
    {
        int start = output.Length;
        string? unsayable = !NftWords.IsName(command.Table.Span) ? $"the name of table {MessageText.Of(command.Table.Span)}"
            : command.HasChain && !MayBeCalled(command.Chain.Span) ? $"the name of chain {MessageText.Of(command.Chain.Span)}"
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

    /// <summary>Writes that a table is there, and empty.</summary>
    public void ClearTable(ReadOnlySpan<byte> table)
    {
        AddTable(table);
        Write($"delete table {Family} {Name(table)}");
        AddTable(table);
    }

    /// <summary>Writes that there is a chain; a built-in one with its hook and policy.</summary>
    /// <returns>Null, or what nft cannot say.</returns>
    public string? AddChain(ReadOnlySpan<byte> table, ReadOnlySpan<byte> chain, ReadOnlySpan<byte> policy)
    {
        if (!MayBeCalled(chain))
        {
            output.Write("# :"u8);
            MessageText.Show(chain, output);
            output.Write((byte)'\n');
            return $"the name of chain {MessageText.Of(chain)}";
        }

        string name = ChainName(chain);
        if (name != Name(chain))
        {
            Write($"# {name}: in iptables {MessageText.Of(chain)}, which is no name in nft");
        }

        Write($"add chain {Family} {Name(table)} {name}{(StandardVerdict.TryParse(policy, out int verdict) ? Hook(table, chain, verdict) : "")}");
        return null;
    }

    private string? TranslateRules(Command command)
    {
        for (long i = 0; i < command.Rule.Context.Alternatives.Count; i++)
        {
            command.Rule.Choose(i);
            bool isVerdict = StandardVerdict.TryParse(command.Target.Span, out int verdict) && (command.Options & CommandOptions.Goto) == 0;
            Rule rule = command.Rule.Build(isVerdict ? verdict : command.Rule.Target is null ? Verdict.Continue : null, command.Counters);
            bool showsCounters = ShowsCounters || command.Counters.Packets != 0 || command.Counters.Bytes != 0;
            ReadOnlySpan<byte> jump = isVerdict ? default : RenamesChains && !command.Target.IsEmpty ? Encoding.ASCII.GetBytes(ChainName(command.Target.Span)) : command.Target.Span;
            if (Rules.Translate(rule, jump, showsCounters) is { } unsayable)
            {
                return unsayable;
            }

            string place = $"rule {Family} {Name(command.Table.Span)} {ChainName(command.Chain.Span)}";
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
        string table = Name(command.Table.Span), chain = ChainName(command.Chain.Span);
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
            case CommandKind.RenameChain when MayBeCalled(command.NewName.Span):
                Write($"rename {what} {ChainName(command.NewName.Span)}");
                return null;
            case CommandKind.RenameChain:
                return $"the name of chain {MessageText.Of(command.NewName.Span)}";
            case CommandKind.SetPolicy when StandardVerdict.TryParse(command.NewName.Span, out int verdict) && verdict is Verdict.Accept or Verdict.Drop
                && extensions.Family.HookNamed(chain) != Hooks.None:
                Write($"add {what}{Hook(command.Table.Span, command.Chain.Span, verdict)}", isQuoted: true);
                return null;
            case CommandKind.SetPolicy:
                return "such a policy";
            default:
                return $"a rule by its number or text, but only by its handle, which nft -a list chain {Family} {table} {chain} shows";
        }
    }

    private string? Reset(string what)
    {
        Write($"reset rules {what}");
        return null;
    }

    /// <summary>A table of another name than iptables has is like filter.</summary>
    private string Hook(ReadOnlySpan<byte> table, ReadOnlySpan<byte> chain, int policy)
    {
        BuiltInTable known = BuiltInTable.Named(Name(table), extensions.Family) ?? BuiltInTable.Of(extensions.Family)[0];
        BaseChain place = BaseChain.Of(known, Name(chain));
        string hook = place.Hook is { } number ? extensions.Family.HookNames[number] : Name(chain);
        return $" {{ type {place.Type} hook {hook.ToLowerInvariant()} priority {place.Priority}; policy {(policy == Verdict.Drop ? "drop" : "accept")}; }}";
    }

    private bool MayBeCalled(ReadOnlySpan<byte> chain) => RenamesChains || NftWords.IsName(chain);

    private string ChainName(ReadOnlySpan<byte> chain) => RenamesChains ? NftWords.NameFor(chain) : Name(chain);

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

    private void Write(string line, bool isQuoted = false)
    {
        _line.Write(line);
        EndLine(isQuoted || line.Contains('{'));
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
