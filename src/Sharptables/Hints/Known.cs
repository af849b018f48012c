using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;

namespace Sharptables.Hints;

/// <summary>What there is in a family that a word may be meant for.</summary>
internal static class Known
{
    /// <summary>The verdicts.</summary>
    public static string[] Verdicts => ["ACCEPT", "DROP", "RETURN", "QUEUE"];

    /// <summary>The names of a family's tables; if a chain is given, of those that have it.</summary>
    public static string[] Tables(Family family, string? chain = null)
    {
        List<string> names = [];
        foreach (BuiltInTable table in BuiltInTable.Of(family))
        {
            if (chain is null || Array.IndexOf(table.Chains, chain) >= 0)
            {
                names.Add(table.Name);
            }
        }

        return [.. names];
    }

    /// <summary>All matches or targets of a family.</summary>
    public static IEnumerable<Extension> Extensions(Family family, bool areTargets)
    {
        foreach (ExtensionEntry entry in Entries(family, areTargets))
        {
            yield return entry.Build(family);
        }
    }

    /// <summary>The names of all matches or targets of a family.</summary>
    public static IEnumerable<string> Names(Family family, bool areTargets)
    {
        foreach (ExtensionEntry entry in Entries(family, areTargets))
        {
            yield return entry.Name;
        }
    }

    /// <summary>Whether a family has a match or target of a name.</summary>
    public static bool Has(Family family, string name, bool areTargets) => Contains(Names(family, areTargets), name);

    /// <summary>Whether a name is that of a verdict or a target.</summary>
    public static bool IsTarget(Family family, string name) => Array.IndexOf(Verdicts, name) >= 0 || Has(family, name, areTargets: true);

    /// <summary>The matches, or else the targets, that have an option.</summary>
    public static List<Extension> Owners(Family family, string option)
    {
        List<Extension> owners = [];
        foreach (bool areTargets in (bool[])[false, true])
        {
            foreach (Extension extension in Extensions(family, areTargets))
            {
                if (HasOption(extension, option))
                {
                    owners.Add(extension);
                }
            }
        }

        return owners;
    }

    /// <summary>Whether an extension has an option of that very name.</summary>
    public static bool HasOption(Extension extension, string name) =>
        Array.Exists(extension.Options, option => option.Name == name || Array.IndexOf(option.Aliases, name) >= 0);

    /// <summary>Whether the command line, or the head of a rule, has an option of that name.</summary>
    public static bool IsOwn(Family family, string name) => Contains(OwnNames(family), name);

    /// <summary>Whether anything in a family has an option of that very name.</summary>
    public static bool IsOption(Family family, string name) => IsOwn(family, name) || Owners(family, name).Count > 0;

    /// <summary>The long names of the command line's own options, and of the head's.</summary>
    public static IEnumerable<string> OwnNames(Family family)
    {
        foreach (BaseOption option in Dialect.Of(family).Options)
        {
            yield return option.Name;
        }

        foreach (string name in NamesOf(HeadList.Of(family).Match))
        {
            yield return name;
        }
    }

    /// <summary>The names of an extension's options.</summary>
    public static IEnumerable<string> NamesOf(Extension extension)
    {
        foreach (Option option in extension.Options)
        {
            yield return option.Name;
            foreach (string alias in option.Aliases)
            {
                yield return alias;
            }
        }
    }

    /// <summary>Whether a letter is that of an option.</summary>
    public static bool HasLetter(Family family, char letter) => Dialect.Of(family).Find((byte)letter) is not null
        || Array.Exists(HeadList.Of(family).Match.Options, option => option.Letter == letter);

    /// <summary>Whether a name is among some.</summary>
    public static bool Contains(IEnumerable<string> names, string name)
    {
        foreach (string known in names)
        {
            if (known == name)
            {
                return true;
            }
        }

        return false;
    }

    private static ExtensionEntry[] Entries(Family family, bool areTargets) =>
        Array.FindAll((areTargets ? ExtensionList.Targets : ExtensionList.Matches).ToArray(), entry => (entry.Families & family.Bit) != 0);
}
