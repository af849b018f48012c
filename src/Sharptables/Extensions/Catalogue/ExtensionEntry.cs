using System;
using Sharptables.Model;

namespace Sharptables.Extensions.Catalogue;

/// <summary>A line of the list of extensions.</summary>
/// <param name="name">The name it is called by.</param>
/// <param name="families">The families it is for.</param>
/// <param name="make">Makes it for one of them.</param>
/// <param name="aliases">Other names it is called by, such as those of its protocol.</param>
internal sealed class ExtensionEntry(string name, Families families, Func<Family, Extension> make, params string[] aliases)
{
    /// <summary>The name it is called by.</summary>
    public string Name => name;

    /// <summary>The families it is for.</summary>
    public Families Families => families;

    /// <summary>Other names it is called by.</summary>
    public string[] Aliases => aliases;

    /// <summary>Makes it for a family.</summary>
    public Extension Build(Family family)
    {
        Extension extension = make(family);
        extension.Family = family;
        return extension;
    }
}
