using System;
using System.Collections.Generic;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Manual;

/// <summary>The options of iptables' command line.</summary>
internal static class CommandLineDescription
{
    /// <summary>The options in a family, in the order in which they are shown; without those of extensions.</summary>
    public static CommandOption[] OptionsFor(Family family)
    {
        List<CommandOption> options = [];
        foreach (BaseOption option in Dialect.Of(family).Options)
        {
            options.Add(option);
            foreach (char letter in option.HeadFollows)
            {
                options.AddRange(Array.FindAll(HeadList.Of(family).Match.Options, option => option.Letter == letter));
            }
        }

        options.InsertRange(
            options.FindLastIndex(static option => option.Group == OptionGroup.Command) + 1,
            Array.FindAll(HeadList.Of(family).Match.Options, option => !options.Contains(option)));
        return [.. options];
    }
}
