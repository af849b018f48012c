using System;
using Sharptables.Kernel;

namespace Sharptables.Programs;

/// <summary>A program and the family it is for.</summary>
/// <param name="Name">A name it is called by.</param>
/// <param name="Family">The family.</param>
/// <param name="Run">Runs it; gives the exit status.</param>
internal readonly record struct ProgramEntry(string Name, Family Family, Func<Invocation, int> Run);
