using System;

namespace Sharptables.Extensions;

/// <summary>Which options of an extension were given.</summary>
/// <param name="options">The options of the extension; at most 64.</param>
/// <param name="bits">A bit for each of them that was given.</param>
internal readonly struct Given(Option[] options, ulong bits)
{
    public bool IsNothing => bits == 0;

    public bool this[string name]
    {
        get
        {
            for (int i = 0; i < options.Length; i++)
            {
                if (options[i].Name == name)
                {
                    return (bits & (1UL << i)) != 0;
                }
            }

            throw new ArgumentException("no such option", nameof(name));
        }
    }
}
