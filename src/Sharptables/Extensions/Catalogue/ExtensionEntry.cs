using System;
using Sharptables.Model;

namespace Sharptables.Extensions.Catalogue;

/// <summary>An entry of the list of extensions.</summary>
/// <param name="name">The name after <c>-m</c> or <c>-j</c>.</param>
/// <param name="families">The families that it supports.</param>
/// <param name="make">Makes it for one of them.</param>
/// <param name="aliases">Other names, such as that of its protocol.</param>
internal sealed class ExtensionEntry(string name, Families families, Func<Family, Extension> make, params string[] aliases)
{
    /// <summary>An extension with a declaration for each family, since the kernel has another struct or other numbers there.</summary>
    public ExtensionEntry(string name, params (Families Families, Func<Extension> Make)[] declarations)
        : this(name, All(declarations), family => MakeFor(family, declarations))
    {
    }

    public string Name => name;

    public Families Families => families;

    public string[] Aliases => aliases;

    /// <summary>Makes the extension for a family.</summary>
    /// <exception cref="ArgumentException">The family does not have it.</exception>
    public Extension Build(Family family)
    {
        if ((families & family.Bit) == 0)
        {
            throw new ArgumentException($"{family} has no {name}", nameof(family));
        }

        Extension extension = make(family);
        extension.Family = family;
        return extension;
    }

    private static Families All((Families Families, Func<Extension>)[] declarations)
    {
        Families all = 0;
        foreach ((Families families, _) in declarations)
        {
            all |= families;
        }

        return all;
    }

    private static Extension MakeFor(Family family, (Families Families, Func<Extension> Make)[] declarations)
    {
        int index = 0;
        while ((declarations[index].Families & family.Bit) == 0)
        {
            index++;
        }

        return declarations[index].Make();
    }
}
