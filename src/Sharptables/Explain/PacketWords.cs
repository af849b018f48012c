using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Explain;

/// <summary>
/// Reads a packet from the words that a rule has for it: <c>-s 203.0.113.5 -p tcp --dport 22 --ctstate NEW</c>. A match need not be named for its
/// options.
/// </summary>
/// <param name="extensions">The extensions of the family.</param>
internal sealed class PacketWords(ExtensionSet extensions)
{
    /// <summary>Tells what the words say of a packet.</summary>
    /// <param name="words">The words.</param>
    /// <param name="packet">The packet, which learns it.</param>
    /// <exception cref="UsageException">The words are wrong, or say what no packet is.</exception>
    public void Tell(IReadOnlyList<byte[]> words, Packet packet)
    {
        Words command = new();
        command.Add("-A"u8);
        command.Add("packet"u8);
        List<Extension> named = [];
        for (int i = 0; i < words.Count; i++)
        {
            ReadOnlySpan<byte> word = words[i];
            bool isFirst = word.SequenceEqual("!"u8) && i + 1 < words.Count;
            string name = Encoding.UTF8.GetString(isFirst ? words[i + 1] : word);
            if (name.StartsWith("--", StringComparison.Ordinal) && MatchOf(name[2..].Split('=')[0], named) is { } match)
            {
                command.Add("-m"u8);
                command.Add(Encoding.ASCII.GetBytes(match.Name));
                named.Add(match);
            }
            else if (word.SequenceEqual("-m"u8) && i + 1 < words.Count && extensions.Find(words[i + 1], isTarget: false) is { } given)
            {
                named.Add(given);
            }

            command.Add(word);
            if (isFirst)
            {
                command.Add(words[++i]);
            }
        }

        Command read = new(extensions.Family);
        _ = new CommandLine(extensions).Parse(command, read);
        if (read.Target.Length > 0 || read.Rule.Target is not null)
        {
            throw new UsageException("a packet has no target: leave out -j and -g");
        }

        if (read.Rule.Context.Alternatives.Count > 1)
        {
            throw new UsageException("a packet has one address: name one");
        }

        Learn(read.Rule.Build(Verdict.Continue, default), packet);
    }

    private void Learn(Rule rule, Packet packet)
    {
        byte[] scratch = new byte[Extension.LargestPayload];
        Learn(extensions.Head.Match, rule.Conditions, packet);
        foreach (ExtensionRecord record in rule)
        {
            if (extensions.Find(record, isTarget: false, scratch, out ReadOnlySpan<byte> payload) is { } match)
            {
                Learn(match, payload, packet);
            }
        }
    }

    private static void Learn(Extension match, ReadOnlySpan<byte> payload, Packet packet)
    {
        foreach (Option option in match.Options)
        {
            if (option.IsShorthand || option.IsIdle || !option.IsAsked(payload))
            {
                continue;
            }

            if (option.Of is null)
            {
                throw new UsageException(option.Letter == 0 ? $"--{option.Name} is nothing that a packet has" : $"-{option.Letter} is nothing that a packet has");
            }

            if (!packet.Learn(Exactly(option.ConditionIn(payload, packet.Family))))
            {
                throw new UsageException($"--{option.Name} contradicts what else is said of the packet");
            }
        }
    }

    /// <summary>An interface that is named wholly is that one, with nothing behind the name.</summary>
    private static Condition Exactly(Condition condition)
    {
        if (condition.Field.Type is not FieldType.Interface || condition.IsInverted || condition.Values.Kind is not ValuesKind.Like)
        {
            return condition;
        }

        UInt128 name = condition.Values.First & condition.Values.Second;
        int behind = 8 * (InterfaceNumber.Size - 1 - InterfaceNumber.NameOf(name).Length); // the bits behind the zero that ends it
        return ((condition.Values.Second >> behind) & byte.MaxValue) == byte.MaxValue ? condition with { Values = Values.Only(name) } : condition;
    }

    /// <summary>The match that an option belongs to and that has not been named; null if it is of the head, of the protocol or of a match that was named.</summary>
    private Extension? MatchOf(string name, List<Extension> named)
    {
        if (Has(extensions.Head.Match, name) || named.Exists(match => Has(match, name)))
        {
            return null;
        }

        Extension? found = null;
        foreach (ExtensionEntry entry in ExtensionList.Matches)
        {
            if ((entry.Families & extensions.Family.Bit) == 0 || extensions.Find(Encoding.ASCII.GetBytes(entry.Name), isTarget: false) is not { } match)
            {
                continue;
            }

            foreach (Option option in match.Options)
            {
                if (option.Of is not null && IsCalled(option, name))
                {
                    if (match.Usage.Protocols is not null)
                    {
                        return null; // -p brings it
                    }

                    found = found is null || match.Name == name ? match : found; // --mark is that of the packet, not of the connection
                }
            }
        }

        return found;
    }

    private static bool Has(Extension match, string name) => Array.Exists(match.Options, option => IsCalled(option, name));

    private static bool IsCalled(Option option, string name) =>
        option.Name == name || option.FullName == name || Array.IndexOf(option.Aliases, name) >= 0;
}
