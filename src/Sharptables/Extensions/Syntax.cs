using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>Reads and writes one kind of value; no other code does.</summary>
/// <typeparam name="T">The field that holds it.</typeparam>
internal abstract class Syntax<T> : ValueForm
    where T : unmanaged
{
    /// <summary>Reads the value.</summary>
    /// <exception cref="UsageException">The text is not a valid value.</exception>
    public abstract void Parse(in Argument argument, ref T field);

    /// <summary>Whether what it writes is read as the same value; where that is not so, the value cannot have been given.</summary>
    public virtual bool CanWrite(in T field) => true;

    /// <summary>Writes the value.</summary>
    public abstract void Write(in T field, Output output, in Format format);
}
