using System;
using System.Buffers;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Text;

namespace Sharptables.Manual;

/// <summary>A value on a command line, as described by an option's placeholder.</summary>
/// <param name="Kind">What it is: the first word of the placeholder.</param>
/// <param name="Choices">The words that it may be, if they are few and fixed.</param>
/// <param name="IsList">Whether it may be several, separated by commas.</param>
/// <param name="IsOptional">Whether an option may come instead.</param>
/// <param name="IsOwn">Whether it belongs to an option of the program, not of an extension.</param>
internal readonly record struct CompletionSlot(string Kind, IReadOnlyList<string> Choices, bool IsList, bool IsOptional, bool IsOwn)
{
    private static readonly SearchValues<char> s_ends = SearchValues.Create("[]{}<>,. ");

    /// <summary>The values of a program's option.</summary>
    public static CompletionSlot[] OfOwn(CommandOption option) => option.Words == 0
        ? []
        : Array.ConvertAll(option.Placeholder.Split(' '), part => Of(part, [], option.MayLackWord || part is ['[', ..], isOwn: true));

    /// <summary>The values of an extension's option; its choices are those of the last.</summary>
    public static CompletionSlot[] Of(Option option)
    {
        if (option.Words < 2)
        {
            return option.Words == 0 ? [] : [Of(option.Placeholder, option.Choices, isOptional: false, isOwn: false)];
        }

        string[] parts = option.Placeholder.Split(' ', 2);
        return [Of(parts[0], [], isOptional: false, isOwn: false), Of(parts[^1], option.Choices, isOptional: false, isOwn: false)];
    }

    /// <summary>The value that a placeholder without blanks describes.</summary>
    public static CompletionSlot Of(string placeholder, IReadOnlyList<string> choices, bool isOptional, bool isOwn)
    {
        string bare = placeholder.TrimStart('[', '{', '<');
        int end = bare.AsSpan().IndexOfAny(s_ends);
        bare = end < 0 ? bare : bare[..end];
        if (placeholder.EndsWith("[+]", StringComparison.Ordinal))
        {
            bare = "interface"; // only the names of interfaces may end in a plus, whatever the placeholder calls them
        }

        bool isList = placeholder.Contains("[,", StringComparison.Ordinal);
        return new CompletionSlot(bare, choices.Count > 0 ? choices : Alternatives(bare), isList, isOptional, isOwn);
    }

    /// <summary>The words of <c>one|other</c>; one in capitals is a placeholder.</summary>
    private static string[] Alternatives(string text) => text.Contains('|', StringComparison.Ordinal)
        ? Array.FindAll(text.Split('|'), static word => word.AsSpan().ContainsAnyInRange('a', 'z'))
        : [];
}
