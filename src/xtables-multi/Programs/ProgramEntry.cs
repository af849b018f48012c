using System;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>A program of the binary.</summary>
/// <param name="Name">The name that it is called by.</param>
/// <param name="Run">Runs it and returns the exit status.</param>
/// <param name="Describe">Its description, from which its manual page and completion are made.</param>
internal sealed record ProgramEntry(string Name, Func<Invocation, int> Run, Func<Family, ProgramDescription> Describe)
{
    /// <summary>The family that its name stands for.</summary>
    public Family Family { get; init; } = Family.IPv4;

    /// <summary>A second link to it, or null.</summary>
    public string? Link { get; init; }

    /// <summary>A name that works only after <c>xtables-multi</c>, or null.</summary>
    public string? Short { get; init; }

    public bool IsNamed(string name) => name == Name || name == Link || name == Short;
}
