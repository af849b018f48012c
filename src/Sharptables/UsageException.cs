using System;

namespace Sharptables;

/// <summary>A request is wrong or impossible: printed without a stack trace; nothing has been changed.</summary>
/// <param name="message">The first line, as iptables prints it, without the program's name.</param>
/// <param name="shape">What is printed around the message, and the exit status.</param>
internal sealed class UsageException(string message, ErrorShape shape = ErrorShape.WrongUsage) : Exception(message)
{
    public ErrorShape Shape => shape;

    /// <summary>The exit status that a plugin asks for; null: that of the shape.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// Whether this is an answer and not a mistake: programs try a command to learn what exists, and some recognize the answer only if
    /// nothing else is on standard error.
    /// </summary>
    public bool IsAnswer => shape is ErrorShape.Answer or ErrorShape.Absent or ErrorShape.Busy;

    /// <summary>The line of input that it is about, if it is not the one being executed; else 0.</summary>
    public int Line { get; init; }

    /// <summary>Printed after iptables' own lines: the token at fault, the cause, how to fix it. It may have several lines.</summary>
    public string? Hint { get; init; }

    /// <summary>The same error with another hint.</summary>
    public UsageException With(string? hint) => new(Message, shape) { Status = Status, Line = Line, Hint = hint };
}
