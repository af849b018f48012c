using System.Collections.Generic;

namespace Sharptables.Extensions;

/// <summary>What is known of a kind of value by those who do not read or print it.</summary>
internal abstract class ValueForm
{
    /// <summary>What stands for the value in help.</summary>
    public abstract string Placeholder { get; }

    /// <summary>The words it may be, when those are few and fixed.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>The list of values that the original's help has under a heading of its own, or null.</summary>
    public virtual ValueList? Values => null;

    /// <summary>How many words it takes.</summary>
    public virtual int Words => 1;

    /// <summary>
    /// Whether a value with a line end in it can be saved. Of any other that has one, nothing is known but that a saved rule would be two
    /// lines, and the second whatever somebody wants it to be.
    /// </summary>
    public virtual bool HoldsLineEnds => false;

    /// <summary>Whether it refers to something by a number of the kernel's: see <see cref="ReferenceSyntax{T}"/>.</summary>
    public virtual bool IsReference => false;
}
