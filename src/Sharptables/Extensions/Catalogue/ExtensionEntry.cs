using System;
using Sharptables.Model;

namespace Sharptables.Extensions.Catalogue;

/// <summary>A line of the list of extensions.</summary>
/// <param name="Name">The name it is called by.</param>
/// <param name="Families">The families it is for.</param>
/// <param name="Build">Makes it for one of them.</param>
/// <param name="Aliases">Other names it is called by, such as those of its protocol.</param>
public sealed record ExtensionEntry(string Name, Families Families, Func<Family, Extension> Build, params string[] Aliases);
