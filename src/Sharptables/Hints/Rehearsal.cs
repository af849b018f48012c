using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Hints;

/// <summary>
/// Reads the words of a command once more, to learn where reading fails, or that it no longer does: so nothing has to be remembered of commands
/// that succeed, and no correction is offered that was not read.
/// </summary>
internal sealed class Rehearsal
{
    private Rehearsal(Command command, Uses uses) => (Command, Uses) = (command, uses);

    /// <summary>The command, as far as it was read.</summary>
    public Command Command { get; }

    /// <summary>The options read.</summary>
    public Uses Uses { get; }

    /// <summary>What is wrong; null if nothing is.</summary>
    public UsageException? Error { get; private set; }

    /// <summary>The number of the word that has no place, or that no option has; below zero if it is not a word's fault.</summary>
    public int At { get; private set; } = -1;

    /// <summary>The option whose value is wrong; below zero if it is not a value's fault.</summary>
    public int Use { get; private set; } = -1;

    /// <summary>Reads words.</summary>
    /// <param name="typed">The words, without the program.</param>
    /// <param name="family">The family of the program.</param>
    /// <param name="names">What names mean.</param>
    /// <param name="program">The program whose input it is a line of, or null.</param>
    public static Rehearsal Of(string[] typed, Family family, INames names, string? program)
    {
        ExtensionSet extensions = new(family) { Names = names };
        Words words = new();
        foreach (string word in typed)
        {
            words.Add(Encoding.UTF8.GetBytes(word));
        }

        UseReader reader = new(extensions);
        CommandBuilder builder = new(extensions, program);
        Command command = new(family) { Table = "filter"u8.ToArray() };
        Rehearsal rehearsal = new(command, reader.Uses);
        builder.Begin(words, command);
        command.Rule.Context.Names = names;
        reader.Begin(words, command.Rule);
        int taken = 0;
        bool isRead = false;
        try
        {
            while (reader.Read())
            {
                for (; taken < reader.Uses.Options.Length; taken++)
                {
                    builder.Apply(reader.Uses.Options[taken]);
                }
            }

            isRead = true;
            builder.Finish(reader.Uses);
        }
        catch (UsageException e)
        {
            rehearsal.Error = e;
            rehearsal.Use = taken < reader.Uses.Options.Length ? taken : isRead ? LateUse(reader.Uses, words, e.Message) : -1;
            rehearsal.At = rehearsal.Use >= 0 ? reader.Uses.Options[rehearsal.Use].Value.Index : isRead ? -1 : reader.Index;
        }

        return rehearsal;
    }

    /// <summary>The option read last of all whose value a message quotes.</summary>
    private static int LateUse(Uses uses, Words words, string message)
    {
        int open = message.IndexOf('`', StringComparison.Ordinal);
        string quoted = open < 0 ? "" : message[(open + 1)..].Split('\'')[0];
        foreach (int late in uses.Late)
        {
            string value = MessageText.Of(words.Span(uses.Options[late].Value));
            if (open >= 0 && (quoted.Length > 0 ? value.Contains(quoted, StringComparison.Ordinal) : $",{value},".Contains(",,", StringComparison.Ordinal)))
            {
                return late;
            }
        }

        return -1;
    }

    /// <summary>The matches and the target named so far, the newest first.</summary>
    public IEnumerable<Extension> Loaded
    {
        get
        {
            for (int i = Command.Rule.Count - 1; i > 0; i--)
            {
                yield return Command.Rule[i].Extension;
            }
        }
    }
}
