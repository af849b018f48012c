namespace Sharptables.Programs;

/// <summary>A question of a file for <c>sharptables check</c>, and its answer.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Line">Its line in the file.</param>
/// <param name="Name">What it is called: its comment, or its words.</param>
/// <param name="Expected">What is expected: <see cref="Expectation"/>.</param>
/// <param name="Passed">Whether it is so.</param>
/// <param name="Answer">What becomes of the packet, or what is wrong with the question: lines of text.</param>
internal sealed record FirewallTest(int Number, int Line, string Name, string Expected, bool Passed, string Answer);
