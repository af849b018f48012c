using System;
using System.Collections.Generic;
using Sharptables.Model;

namespace Sharptables.Formats.Iptables;

/// <summary>The options of the command line, for those who tell of them.</summary>
public sealed partial class CommandLine
{
    /// <summary>The options that a family has, in the order in which they are shown, without aliases; extensions have their own.</summary>
    internal static IEnumerable<BaseOption> BaseOptionsFor(Family family)
    {
        foreach (BaseOption option in s_options)
        {
            bool isAlias = option.HasLetter && s_byLetter[option.Letter] != option;
            if (!isAlias && (option.Families & (family.Bit)) != 0)
            {
                yield return option;
            }
        }
    }

    /// <summary>The other name of an option, if it has one.</summary>
    internal static BaseOption? AliasOf(BaseOption option) =>
        Array.Find(s_options, other => other != option && other.Letter == option.Letter);
}
