using System.Collections.Generic;
using Sharptables.Formats.Iptables;
using Sharptables.Model;

namespace Sharptables.Manual;

/// <summary>The options of iptables' command line as the options of a program.</summary>
public static class CommandLineDescription
{
    /// <summary>The options that a family has, in the order in which they are shown; extensions have their own.</summary>
    public static ProgramOption[] OptionsFor(Family family)
    {
        List<ProgramOption> options = [];
        foreach (BaseOption option in CommandLine.BaseOptionsFor(family))
        {
            char letter = option.HasLetter ? option.Letter : '\x1';
            options.Add(new ProgramOption(letter, option.Name, ValueOf(option.Words), option.Placeholder, option.Summary)
            {
                Group = option.Group,
                Alias = CommandLine.AliasOf(option)?.Name ?? "",
                CanInvert = option.CanInvert,
            });
        }

        return [.. options];
    }

    private static ProgramOptionValue ValueOf(BaseOptionWords words) => words switch
    {
        BaseOptionWords.None => ProgramOptionValue.None,
        BaseOptionWords.One => ProgramOptionValue.Required,
        _ => ProgramOptionValue.Optional,
    };
}
