using System;

namespace Sharptables;

/// <summary>What was asked for cannot be: printed without a stack trace; nothing has been changed.</summary>
/// <param name="message">The first line, as iptables has it; without the program's name.</param>
/// <param name="shape">What stands around the message, and so the exit status.</param>
internal sealed class UsageException(string message, ErrorShape shape = ErrorShape.Parameter) : Exception(message)
{
    /// <summary>What stands around the message.</summary>
    public ErrorShape Shape => shape;

    /// <summary>
    /// Whether this answers a question, and is no mistake of whoever called: programs try a command to learn what is there, and some
    /// know the answer only when nothing else stands on standard error.
    /// </summary>
    public bool IsAnswer => shape is ErrorShape.Answer or ErrorShape.Absent or ErrorShape.Busy;

    /// <summary>The line of input that it is about, when that is another than the one being carried out; else 0.</summary>
    public int Line { get; init; }

    /// <summary>What is said after iptables' own lines: the token at fault, the cause, how to mend it.</summary>
    public string? Hint { get; init; }
}
