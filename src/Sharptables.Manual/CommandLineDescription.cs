using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;

namespace Sharptables.Manual;

/// <summary>The options of iptables' command line as the options of a program.</summary>
internal static class CommandLineDescription
{
    /// <summary>The options in a family, in the order in which they are shown; without those of extensions.</summary>
    public static ProgramOption[] OptionsFor(Family family)
    {
        IHead head = HeadList.Of(family);
        List<ProgramOption> options = [];
        foreach (BaseOption option in BaseOptions.All)
        {
            options.Add(new ProgramOption(option.Letter, option.Name, ValueOf(option.Words, option.MayLackWord), option.Placeholder, option.Summary)
            {
                Group = option.Group,
                Alias = "",
            });
            foreach (string name in Array.Find(head.HelpPlaces, place => place.Own == option.Name).Options ?? [])
            {
                options.Add(Describe(Array.Find(head.Match.Options, option => option.Name == name)!));
            }
        }

        return [.. options];
    }

    private static ProgramOption Describe(Option option) =>
        new(option.Letter, option.Name, ValueOf(option.Words, option.MayLackWord), option.Placeholder, option.Summary)
        {
            Group = OptionGroup.Rule,
            Alias = option.Aliases is [var alias, ..] ? alias : "",
            CanInvert = option.CanInvert,
        };

    private static ProgramOptionValue ValueOf(int words, bool mayLackWord) =>
        words == 0 ? ProgramOptionValue.None : mayLackWord ? ProgramOptionValue.Optional : ProgramOptionValue.Required;
}
