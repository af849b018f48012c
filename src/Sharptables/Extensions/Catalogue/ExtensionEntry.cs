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
    public string Name => name;

    public Families Families => families;

    public string[] Aliases => aliases;

    /// <summary>Makes the extension for a family.</summary>
    public Extension Build(Family family)
    {
        Extension extension = make(family);
        extension.Family = family;
        return extension;
    }
}
