namespace Sharptables.Manual;

/// <summary>An example of a manual page; a test runs it.</summary>
/// <param name="What">What it is for, in one sentence.</param>
/// <param name="Command">The line for the shell.</param>
internal readonly record struct ProgramExample(string What, string Command);
