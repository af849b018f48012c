using System.Collections.Generic;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>How one kind of value is written: the only place that reads or prints it.</summary>
/// <typeparam name="T">The field that holds it.</typeparam>
public abstract class Syntax<T>
    where T : unmanaged
{
    /// <summary>What stands for the value in help.</summary>
    public abstract string Placeholder { get; }

    /// <summary>The words it may be, when those are few and fixed.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>How many words it takes.</summary>
    public virtual int Words => 1;

    /// <summary>
    /// Whether a value with a line end in it can be saved. Of any other that has one, nothing is known but that a saved rule would be two
    /// lines, and the second whatever somebody wants it to be.
    /// </summary>
    public virtual bool HoldsLineEnds => false;

    /// <summary>Reads the value.</summary>
    /// <exception cref="UsageException">The text is no such value.</exception>
    public abstract void Parse(in Argument argument, ref T field);

    /// <summary>Writes the value.</summary>
    public abstract void Write(in T field, Output output, in Format format);
}
