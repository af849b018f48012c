using System;
using System.Buffers;
using System.Collections.Generic;
using Sharptables.Extensions;

namespace Sharptables.Manual;

/// <summary>A place on a command line where a value stands, as an option's placeholder describes it.</summary>
/// <param name="Kind">What it is: the placeholder's first word.</param>
/// <param name="Choices">The words it may be, when those are few and fixed.</param>
/// <param name="IsList">Whether it may be several, with commas between.</param>
/// <param name="IsOptional">Whether an option may stand there instead.</param>
/// <param name="IsOwn">Whether it belongs to an option of the program, not of an extension.</param>
internal readonly record struct CompletionSlot(string Kind, IReadOnlyList<string> Choices, bool IsList, bool IsOptional, bool IsOwn)
{
    private static readonly SearchValues<char> s_ends = SearchValues.Create("[]{}<>,. ");

    /// <summary>What follows an option of a program.</summary>
    public static CompletionSlot[] Of(ProgramOption option)
    {
        if (option.Value == ProgramOptionValue.None)
        {
            return [];
        }

        string[] parts = option.Placeholder.Split(' ');
        return Array.ConvertAll(parts, part => Of(part, [], option.Value == ProgramOptionValue.Optional || part is ['[', ..], isOwn: true));
    }

    /// <summary>What follows an option of an extension; the words it may choose from are those of the last.</summary>
    public static CompletionSlot[] Of(Option option)
    {
        if (option.Words < 2)
        {
            return option.Words == 0 ? [] : [Of(option.Placeholder, option.Choices, isOptional: false, isOwn: false)];
        }

        string[] parts = option.Placeholder.Split(' ', 2);
        return [Of(parts[0], [], isOptional: false, isOwn: false), Of(parts[^1], option.Choices, isOptional: false, isOwn: false)];
    }

    /// <summary>What stands for a placeholder without blanks.</summary>
    public static CompletionSlot Of(string placeholder, IReadOnlyList<string> choices, bool isOptional, bool isOwn)
    {
        string bare = placeholder.TrimStart('[', '{', '<');
        int end = bare.AsSpan().IndexOfAny(s_ends);
        bare = end < 0 ? bare : bare[..end];
        if (placeholder.EndsWith("[+]", StringComparison.Ordinal))
        {
            bare = "interface"; // only their names may end in a plus, whatever they are called here
        }

        bool isList = placeholder.Contains("[,", StringComparison.Ordinal);
        return new CompletionSlot(bare, choices.Count > 0 ? choices : Alternatives(bare), isList, isOptional, isOwn);
    }

    /// <summary>The words of <c>one|other</c>; one in capitals stands for something else.</summary>
    private static string[] Alternatives(string text) => text.Contains('|', StringComparison.Ordinal)
        ? Array.FindAll(text.Split('|'), static word => word.AsSpan().ContainsAnyInRange('a', 'z'))
        : [];
}
