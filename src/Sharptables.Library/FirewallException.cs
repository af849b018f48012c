using System;
using Sharptables.Backends;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables;

/// <summary>
/// What was asked for cannot be: a rule makes no sense, a chain is not there, the kernel refuses a table. <see cref="Exception.Message"/> is
/// what iptables says. The table that the error is about is as it was.
/// </summary>
public sealed class FirewallException : Exception
{
    internal FirewallException(string message, string? hint, Exception? cause = null)
        : base(message, cause) => Hint = hint;

    /// <summary>What is known beyond the message: the cause, or how to mend it. Null when nothing is.</summary>
    public string? Hint { get; }

    /// <summary>The line of the text that is at fault, from 1; 0 when it is not about a text of several lines.</summary>
    public int Line { get; private init; }

    /// <summary>Where in the line the part at fault begins, in bytes, from 1; 0 when the line is all that is known.</summary>
    public int Column { get; private init; }

    /// <summary>What users of the library see of an exception of its own; null for any other.</summary>
    internal static FirewallException? Of(Exception e) => e switch
    {
        RestoreException restore => Of(restore.Error, restore.FaultLine, restore.FaultLine == restore.Line ? restore.Column : 0),
        UsageException usage => Of(usage, usage.Line, column: 0),
        TableRefusedException refused => new($"the kernel refuses the table: {refused.Cause.Message}", hint: null, e),
        KernelException kernel => new($"{kernel.Operation}: {kernel.Message}", hint: null, e),
        MalformedTableException => new($"the table that the kernel gave cannot be read: {e.Message}", hint: null, e),
        _ => null,
    };

    private static FirewallException Of(UsageException e, int line, int column)
    {
        string message = e.Message.Trim('\n');
        string? hint = e.Hint;
        if (message.Length == 0)
        {
            (message, hint) = (hint ?? "", null);
        }

        return new(message, hint, e) { Line = line, Column = column };
    }
}
