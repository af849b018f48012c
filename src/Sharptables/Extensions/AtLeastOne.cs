
namespace Sharptables.Extensions;

/// <summary>That one of some options must be given.</summary>
/// <param name="complaint">The message when none is.</param>
/// <param name="options">Their names; none for any option of the extension.</param>
internal sealed class AtLeastOne(string complaint, params string[] options)
{
    /// <summary>Names of the options; none for any option of the extension.</summary>
    public string[] Options => options;

    /// <summary>Looks whether one was given.</summary>
    /// <exception cref="UsageException">None was.</exception>
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
