using System.Collections.Generic;

namespace Sharptables.Extensions;

/// <summary>What code that neither reads nor writes a kind of value knows about it.</summary>
internal abstract class ValueForm
{
    /// <summary>What stands for the value in help.</summary>
    public abstract string Placeholder { get; }

    /// <summary>The words that it may be, if they are few and fixed.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>The list of values that help prints under a heading of its own, or null.</summary>
    public virtual ValueList? Values => null;

    /// <summary>How many words it takes.</summary>
    public virtual int Words => 1;

    /// <summary>
    /// Whether a value that contains a line end can be saved. Any other such value is refused: the saved rule would be two lines, and
    /// the second could be anything.
    /// </summary>
    public virtual bool HoldsLineEnds => false;

    /// <summary>Whether it refers to something by a number of the kernel's: see <see cref="ReferenceSyntax{T}"/>.</summary>
    public virtual bool IsReference => false;
}
