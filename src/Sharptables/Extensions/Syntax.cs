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

    /// <summary>Writes the value.</summary>
    public abstract void Write(in T field, Output output, in Format format);
}
