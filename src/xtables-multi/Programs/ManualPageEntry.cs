using System;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>A page of the manual.</summary>
/// <param name="Describe">Says what stands on it.</param>
/// <param name="CalledAs">How its program is called.</param>
internal sealed record ManualPageEntry(Func<Family, ProgramDescription> Describe, string CalledAs)
{
    /// <summary>What stands on it.</summary>
    public ProgramDescription Description { get; } = Describe(Family.IPv4);

    /// <summary>Other programs that it is for too.</summary>
    public List<string> Twins { get; } = [];

    /// <summary>Second links to the programs.</summary>
    public List<string> Links { get; } = [];

    /// <summary>Writes what stands before the exit status, or null.</summary>
    public Action<ManualText>? More { get; init; }

    /// <summary>The name of a file in the folder of the manual: the page's, or that of a link to it.</summary>
    public string FileNamed(string program) => $"{program}.{Description.ManualSection}";

    /// <summary>Whether it is the page that somebody means.</summary>
    public bool IsNamed(string name) => Description.Name == name.Replace(' ', '-') || Twins.Contains(name) || Links.Contains(name);
}
