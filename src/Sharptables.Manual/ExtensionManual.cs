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
            List<Extension> each = [];
            foreach (Family family in Family.All())
            {
                if ((entry.Families & family.Bit) != 0)
                {
                    each.Add(entry.Build(family));
                }
            }

            if (each[0] is { IsTarget: true, IsWatcher: true })
            {
                continue; // it is told of among the matches
            }

            ExtensionGuide guide = ExtensionGuide.Of(each[0]);
            text.Subheading(entry.Name);
            text.Paragraphs(About(entry, each) + guide.About);
            WriteOptions(each, guide, text);
            WriteExamples(guide, text);
        }
    }

    private static void WriteExamples(ExtensionGuide guide, ManualText text)
    {
        foreach (ProgramExample example in guide.Examples)
        {
            text.Paragraph(example.What);
            text.Literal(example.Command.Split('\n'));
        }
    }

    private static string About(ExtensionEntry entry, List<Extension> each)
    {
        StringBuilder about = new(Said(each, static e => SummaryText.Plain(e.Summary)));
        if (each.Count == 1)
        {
            about.Append($" Only for {each[0].Family.Name}.");
        }

        if (entry.Aliases.Length > 0)
        {
            about.Append($" Also called {string.Join(", ", entry.Aliases)}.");
        }

        return about.Append(Said(each, Place)).ToString();
    }

    /// <summary>A statement that is the same for all families, or what is said of each.</summary>
    private static string Said(List<Extension> each, Func<Extension, string> ask)
    {
        List<List<Extension>> groups = Grouped(each, ask);
        if (groups.Count == 1)
        {
            return ask(each[0]);
        }

        StringBuilder said = new();
        foreach (List<Extension> group in groups)
        {
            string text = ask(group[0]);
            said.Append(text.Length == 0 ? "" : $" {Families(group)}: {text.TrimStart()}");
        }

        return said.ToString();
    }

    /// <summary>Those together of which the same is said.</summary>
    private static List<List<Extension>> Grouped(List<Extension> each, Func<Extension, string> ask)
    {
        List<List<Extension>> groups = [];
        foreach (Extension extension in each)
        {
            string said = ask(extension);
            if (groups.Find(group => ask(group[0]) == said) is { } same)
            {
                same.Add(extension);
            }
            else
            {
                groups.Add([extension]);
            }
        }

        return groups;
    }

    private static string Families(List<Extension> of) => Listed([.. of.ConvertAll(static extension => extension.Family.Name)], "and");

    private static string Place(Extension extension)
    {
        Usage usage = extension.Usage;
        StringBuilder place = new();
        if (usage.Protocols is { } protocols)
        {
            place.Append($" The rule must have {Listed(Array.ConvertAll(protocols, number => $"`-p {extension.NameOfProtocol(number, SystemNames.Instance)}`"), "or")}.");
        }

        if (usage.Tables is { } tables)
        {
            place.Append($" Only in the table{(tables.Length == 1 ? "" : "s")} {Listed(tables, "and")}.");
        }

        if (usage.Hooks != Hooks.All)
        {
            string[] hooks = extension.Family.NamesOf(usage.Hooks).Split(", ");
            place.Append($" Only in {Listed(hooks, "and")}, and in chains that are reached from there alone.");
        }

        return place.ToString();
    }

    private static void WriteOptions(List<Extension> each, ExtensionGuide guide, ManualText text)
    {
        HashSet<string> written = [];
        foreach (Extension extension in each)
        {
            foreach (Option option in extension.Options)
            {
                if (written.Add(option.Name))
                {
                    WriteOption(option.Name, each, guide, text);
                }
            }
        }
    }

    /// <summary>Once for all families that have the same to say of the option; what the guide says stands behind the last.</summary>
    private static void WriteOption(string name, List<Extension> each, ExtensionGuide guide, ManualText text)
    {
        Option Named(Extension extension) => Array.Find(extension.Options, option => option.Name == name)!;
        List<Extension> having = each.FindAll(extension => Array.Exists(extension.Options, option => option.Name == name));
        List<List<Extension>> groups = Grouped(having, extension => Tag(Named(extension)) + Rules(Named(extension), extension));
        (string first, string below) = guide.AboutOption(name);
        foreach (List<Extension> group in groups)
        {
            string families = group.Count == each.Count ? "" : $" {(groups.Count == 1 ? "Only" : "This is")} for {Families(group)}.";
            string more = group == groups[^1] && first.Length > 0 ? $" {first}" : "";
            text.Tagged(Tag(Named(group[0])), Rules(Named(group[0]), group[0]) + families + more);
        }

        if (below.Length > 0)
        {
            text.BelowTag(below);
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
}
