using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Names;

namespace Sharptables.Manual;

/// <summary>Writes the manual of all matches and targets from their declarations.</summary>
internal static class ExtensionManual
{
    private const int LongestForm = 48;

    public static void Write(ManualText text)
    {
        text.Heading("MATCHES");
        text.Paragraphs("A match follows -m, and its options follow it.");
        WriteAll(ExtensionList.Matches, text);
        text.Heading("TARGETS");
        text.Paragraphs("A target follows -j, and its options follow it.");
        WriteAll(ExtensionList.Targets, text);
    }

    private static void WriteAll(ReadOnlySpan<ExtensionEntry> entries, ManualText text)
    {
        foreach (ExtensionEntry entry in entries)
        {
            List<(string Family, Extension Extension)> each = [];
            foreach (Family family in Family.All())
            {
                if ((entry.Families & family.Bit) != 0)
                {
                    each.Add((family.Name, entry.Build(family)));
                }
            }

            text.Subheading(entry.Name);
            text.Paragraphs(About(entry, each));
            WriteOptions(each, text);
        }
    }

    private static string About(ExtensionEntry entry, List<(string Family, Extension Extension)> each)
    {
        StringBuilder about = new(Said(each, static e => SummaryText.Plain(e.Summary)));
        if (each.Count == 1)
        {
            about.Append($" Only for {each[0].Family}.");
        }

        if (entry.Aliases.Length > 0)
        {
            about.Append($" Also called {string.Join(", ", entry.Aliases)}.");
        }

        return about.Append(Said(each, static e => Place(e.Usage))).ToString();
    }

    /// <summary>A statement that is the same for all families, or one for each.</summary>
    private static string Said(List<(string Family, Extension Extension)> each, Func<Extension, string> ask)
    {
        string first = ask(each[0].Extension);
        string last = ask(each[^1].Extension);
        return first == last ? first : $"{For(each[0].Family, first)}{For(each[^1].Family, last)}";
    }

    private static string For(string family, string text) => text.Length == 0 ? "" : $" {family}: {text.TrimStart()}";

    private static string Place(Usage usage)
    {
        StringBuilder place = new();
        if (usage.Protocols is { } protocols)
        {
            place.Append($" The rule must have {Listed(Array.ConvertAll(protocols, static number => $"`-p {NameOf(number)}`"), "or")}.");
        }

        if (usage.Tables is { } tables)
        {
            place.Append($" Only in the table{(tables.Length == 1 ? "" : "s")} {Listed(tables, "and")}.");
        }

        if (usage.Hooks != Hooks.All)
        {
            string[] hooks = HookNames.Of(usage.Hooks).Split(", ");
            place.Append($" Only in {Listed(hooks, "and")}, and in chains that are reached from there alone.");
        }

        return place.ToString();
    }

    private static void WriteOptions(List<(string Family, Extension Extension)> each, ManualText text)
    {
        foreach (Option option in each[0].Extension.Options)
        {
            (string Tag, string Text) here = (Tag(option), Rules(option, each[0].Extension));
            Option? twin = Array.Find(each[^1].Extension.Options, other => other.Name == option.Name);
            (string Tag, string Text) there = twin is null ? default : (Tag(twin), Rules(twin, each[^1].Extension));
            if (here == there)
            {
                text.Tagged(here.Tag, here.Text);
            }
            else
            {
                text.Tagged(here.Tag, $"{here.Text} {(twin is null ? "Only" : "This is")} for {each[0].Family}.");
                if (twin is not null)
                {
                    text.Tagged(there.Tag, $"{there.Text} This is for {each[^1].Family}.");
                }
            }
        }

        foreach (Option option in each[^1].Extension.Options)
        {
            if (!Array.Exists(each[0].Extension.Options, other => other.Name == option.Name))
            {
                text.Tagged(Tag(option), $"{Rules(option, each[^1].Extension)} Only for {each[^1].Family}.");
            }
        }
    }

    private static string Tag(Option option)
    {
        StringBuilder tag = new(option.CanInvert ? $"[{ManualText.Command("!")}] " : "");
        tag.Append(ManualText.Command($"--{option.Name}"));
        foreach (string alias in option.Aliases)
        {
            tag.Append(", ").Append(ManualText.Command($"--{alias}"));
        }

        if (option.Words > 0)
        {
            tag.Append(' ').Append(ManualText.Form(Form(option)));
        }

        return ManualText.Unbroken(tag.ToString());
    }

    /// <summary>The form of its value; a long list of words is left to the text.</summary>
    private static string Form(Option option) =>
        option.Placeholder.Length <= LongestForm ? option.Placeholder
        : option.Placeholder.EndsWith("[,...]", StringComparison.Ordinal) ? "word[,...]"
        : "word";

    /// <summary>The rules for using an option, in sentences.</summary>
    private static string Rules(Option option, Extension extension)
    {
        StringBuilder rules = new(SummaryText.Plain(option.Summary));
        if (option.Choices.Count > 0 && !Form(option).Contains(option.Choices[0], StringComparison.Ordinal))
        {
            rules.Append($" The words are: {string.Join(", ", option.Choices)}.");
        }

        if (option.IsRequired)
        {
            rules.Append(" It must be given.");
        }

        Option[] needed = Array.FindAll(option.Needs ?? [], other => other != option);
        if (needed.Length > 0)
        {
            rules.Append($" It requires {Listed(needed, "and")}.");
        }

        Option[] rivals = Array.FindAll(extension.Options, option.IsRivalOf);
        if (rivals.Length > 0)
        {
            rules.Append($" It cannot be combined with {Listed(rivals, "or")}.");
        }

        if (option.MayRepeat)
        {
            rules.Append(" It may be given more than once.");
        }

        if (option.Since > 0)
        {
            rules.Append($" It requires revision {option.Since}, which old kernels lack.");
        }

        return rules.ToString();
    }

    private static string Listed(Option[] options, string conjunction) =>
        Listed(Array.ConvertAll(options, static option => $"--{option.Name}"), conjunction);

    private static string Listed(string[] words, string conjunction) =>
        words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} {conjunction} {words[^1]}";

    private static string NameOf(ushort protocol) =>
        Protocols.TryGetName(protocol, SystemNames.Instance, out ReadOnlySpan<byte> name) ? Encoding.ASCII.GetString(name) : $"{protocol}";
}
