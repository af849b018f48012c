namespace Sharptables.Manual;

/// <summary>An example on a manual page; a test runs it.</summary>
/// <param name="What">What it does, in one sentence.</param>
/// <param name="Command">The command line.</param>
internal readonly record struct ProgramExample(string What, string Command);
