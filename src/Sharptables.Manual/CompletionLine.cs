using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Manual;

/// <summary>
/// What the words of a command line say about the one that follows them. Mistakes are forgiven: the line is not finished.
/// </summary>
internal sealed class CompletionLine
{
    private readonly Words _words = new();
    private readonly OptionWalk _walk = new();

    /// <param name="program">The program.</param>
    /// <param name="words">The words after its name, without the one that is being typed.</param>
    public CompletionLine(ProgramDescription program, ReadOnlySpan<string> words)
    {
        Program = program;
        foreach (string word in words)
        {
            _words.Add(Encoding.UTF8.GetBytes(word));
        }

        _walk.Begin(_words);
        for (WordKind kind; (kind = _walk.Read()) != WordKind.End;)
        {
            Take(kind);
        }
    }

    /// <summary>The program, or its command.</summary>
    public ProgramDescription Program { get; private set; }

    /// <summary>The extensions that were named, and which of their options were given.</summary>
    public List<(Extension Extension, HashSet<Option> Given)> Extensions { get; } = [];

    /// <summary>Which of the program's own options were given.</summary>
    public HashSet<CommandOption> Given { get; } = [];

    /// <summary>The values that the last option still lacks.</summary>
    public Queue<CompletionSlot> Slots { get; } = new();

    public string Table { get; private set; } = "filter";

    /// <summary>The hooks of the chain; none if no chain was named.</summary>
    public Hooks Hooks { get; private set; } = Hooks.None;

    /// <summary>How many operands there were.</summary>
    public int Operands { get; private set; }

    /// <summary>Whether the last word is a negation.</summary>
    public bool IsInverted { get; private set; }

    public bool HasCommand { get; private set; }

    /// <summary>The values of a long option, which counts as given from now on; those of the newest extension come first.</summary>
    public CompletionSlot[] SlotsOf(ReadOnlySpan<byte> name)
    {
        for (int i = Extensions.Count - 1; i >= 0; i--)
        {
            if (Find(Extensions[i].Extension.Options, name) is { } option)
            {
                Extensions[i].Given.Add(option);
                return CompletionSlot.Of(option);
            }
        }

        return SlotsOf(Find(Program.Options, name));
    }

    private static T? Find<T>(T[] options, ReadOnlySpan<byte> name)
        where T : CommandOption
    {
        T? found = null;
        foreach (T option in options)
        {
            if (option.IsNamed(name))
            {
                return option;
            }

            found ??= option.IsAbbreviated(name) ? option : null;
        }

        return found;
    }

    private CompletionSlot[] SlotsOf(CommandOption? option)
    {
        if (option is null)
        {
            return [];
        }

        Given.Add(option);
        HasCommand |= option.Group == OptionGroup.Command;
        return CompletionSlot.OfOwn(option);
    }

    private void Take(WordKind kind)
    {
        IsInverted = kind == WordKind.Operand && _walk.Typed is [(byte)'!'];
        switch (kind)
        {
            case WordKind.Name:
                TakeValues(SlotsOf(_walk.Name), _walk.NameValue);
                break;
            case WordKind.Letter:
                char letter = (char)_walk.Letter;
                CompletionSlot[] slots = SlotsOf(Array.Find(Program.Options, option => option.Letter == letter));
                TakeValues(slots, slots.Length > 0 ? _walk.TakeRest() : Word.None);
                break;
            case WordKind.Operand when !IsInverted:
                if (Operands == 0 && CommandNamed(TextOf(new Word(_walk.Index))) is { } command)
                {
                    Program = command;
                }
                else
                {
                    Operands++;
                }

                break;
        }
    }

    private ProgramDescription? CommandNamed(string word) =>
        Array.Find(Program.Commands, command => command.Name == $"{Program.Name}-{word}");

    /// <summary>Takes the values of an option, the first of which may be in its own word; those that are not there are left to come.</summary>
    private void TakeValues(CompletionSlot[] slots, Word first)
    {
        foreach (CompletionSlot slot in slots)
        {
            Slots.Enqueue(slot);
        }

        while (Slots.TryPeek(out CompletionSlot slot) && (!first.IsNone || _walk.HasMore))
        {
            Word word = !first.IsNone ? first : slot.IsOptional ? _walk.TakeOperand() : _walk.TakeNext();
            first = Word.None;
            if (word.IsNone)
            {
                Slots.Clear();
            }
            else
            {
                Learn(Slots.Dequeue(), TextOf(word));
            }
        }
    }

    /// <summary>Notes what a value tells about the words that may follow.</summary>
    private void Learn(CompletionSlot slot, string word)
    {
        if (!slot.IsOwn || Program.Extensions is not { } extensions)
        {
            return;
        }

        switch (slot.Kind)
        {
            case "table":
                Table = word;
                break;
            case "chain" when Hooks == Hooks.None:
                Hooks = extensions.Family.HookNamed(word) is not Hooks.None and var hook ? hook : Hooks.All; // a user's may be reached from all
                break;
            case "match" or "target":
                Name(extensions.Find(Encoding.UTF8.GetBytes(word), slot.Kind == "target"));
                break;
            case "protocol":
                NameMatchOf(word, extensions);
                break;
        }
    }

    /// <summary>Makes known the options of the protocol's match, which need no <c>-m</c>.</summary>
    private void NameMatchOf(string protocol, ExtensionSet extensions)
    {
        try
        {
            _ = ProtocolText.Read(Encoding.UTF8.GetBytes(protocol), SystemNames.Instance, out string? match);
            Name(match is null ? null : extensions.Find(Encoding.UTF8.GetBytes(match), isTarget: false));
        }
        catch (UsageException)
        {
            // No such protocol: running the command will report that.
        }
    }

    private void Name(Extension? extension)
    {
        if (extension is not null && !Extensions.Exists(known => known.Extension == extension))
        {
            Extensions.Add((extension, []));
        }
    }

    private string TextOf(Word word) => Encoding.UTF8.GetString(_words.Span(word));
}
