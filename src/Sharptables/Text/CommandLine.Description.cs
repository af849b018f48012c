using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Kernel;

namespace Sharptables.Text;

/// <summary>The options of the command line, for those who tell of them.</summary>
public sealed partial class CommandLine
{
    /// <summary>The options that a family has, in the order in which they are shown; extensions have their own.</summary>
    public static ProgramOption[] OptionsFor(Family family)
    {
        List<ProgramOption> options = [];
        foreach (BaseOption option in BaseOptionsFor(family))
        {
            BaseOption? alias = Array.Find(s_options, other => other != option && other.Letter == option.Letter);
            char letter = option.HasLetter ? option.Letter : '\x1';
            options.Add(new ProgramOption(letter, option.Name, ValueOf(option.Words), option.Placeholder, option.Summary)
            {
                Group = option.Group,
                Alias = alias?.Name ?? "",
                CanInvert = option.CanInvert,
            });
        }

        return [.. options];
    }

    /// <summary>The same as the parser has them; an alias is told of where the option is that it stands for.</summary>
    internal static IEnumerable<BaseOption> BaseOptionsFor(Family family)
    {
        foreach (BaseOption option in s_options)
        {
            bool isAlias = option.HasLetter && s_byLetter[option.Letter] != option;
            if (!isAlias && (option.Families & (family == Family.IPv4 ? Families.IPv4 : Families.IPv6)) != 0)
            {
                yield return option;
            }
        }
    }

    private static ProgramOptionValue ValueOf(BaseOptionWords words) => words switch
    {
        BaseOptionWords.None => ProgramOptionValue.None,
        BaseOptionWords.One => ProgramOptionValue.Required,
        _ => ProgramOptionValue.Optional,
    };
}
