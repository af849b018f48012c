using System;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>A program of the binary.</summary>
/// <param name="Name">The name it is called by.</param>
/// <param name="Run">Runs it; gives the exit status.</param>
/// <param name="Describe">What its manual page and completion are made from.</param>
internal sealed record ProgramEntry(string Name, Func<Invocation, int> Run, Func<Family, ProgramDescription> Describe)
{
    /// <summary>The family that its name stands for.</summary>
    public Family Family { get; init; } = Family.IPv4;

    /// <summary>A second link to it, or null.</summary>
    public string? Link { get; init; }

    /// <summary>A name that is understood behind <c>xtables-multi</c> only, or null.</summary>
    public string? Short { get; init; }

    /// <summary>Whether a name is one of its own.</summary>
    public bool IsNamed(string name) => name == Name || name == Link || name == Short;
}
