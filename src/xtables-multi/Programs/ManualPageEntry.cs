using System;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>A page of the manual.</summary>
/// <param name="Describe">Its description, for a family.</param>
/// <param name="CalledAs">How its program is called.</param>
internal sealed record ManualPageEntry(Func<Family, ProgramDescription> Describe, string CalledAs)
{
    /// <summary>Its description.</summary>
    public ProgramDescription Description { get; } = Describe(Family.IPv4);

    /// <summary>Other programs that share it.</summary>
    public List<string> Twins { get; } = [];

    /// <summary>Second links to the programs.</summary>
    public List<string> Links { get; } = [];

    /// <summary>Writes what precedes the exit status, or null.</summary>
    public Action<ManualText>? More { get; init; }

    /// <summary>The name of a file for it in the manual: the page itself, or a link to it.</summary>
    public string FileNamed(string program) => $"{program}.{Description.ManualSection}";

    /// <summary>Whether a user means this page by a name.</summary>
    public bool IsNamed(string name) => Description.Name == name.Replace(' ', '-') || Twins.Contains(name) || Links.Contains(name);
}
