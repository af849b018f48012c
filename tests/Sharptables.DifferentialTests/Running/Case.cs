namespace Sharptables.DifferentialTests.Running;

/// <summary>A named row of commands, run in one fresh namespace a side.</summary>
public sealed record Case(string File, string Name, IReadOnlyList<CaseCommand> Commands);
