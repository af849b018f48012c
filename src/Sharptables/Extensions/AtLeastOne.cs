
namespace Sharptables.Extensions;

/// <summary>That at least one of some options is required.</summary>
/// <param name="complaint">The message when none is given.</param>
/// <param name="options">Which; empty for any option of the extension.</param>
internal sealed class AtLeastOne(string complaint, params Option[] options)
{
    /// <exception cref="UsageException">None was given.</exception>
    internal void Check(in Given given)
    {
        bool isMet = options.Length == 0 && !given.IsNothing;
        for (int i = 0; i < options.Length && !isMet; i++)
        {
            isMet = given[options[i]];
        }

        if (!isMet)
        {
            throw new UsageException(complaint);
        }
    }
}
