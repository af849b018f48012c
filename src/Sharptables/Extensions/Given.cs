namespace Sharptables.Extensions;

/// <summary>Which options of an extension were given.</summary>
/// <param name="extension">The extension.</param>
/// <param name="bits">A bit for each of its options that was given.</param>
internal readonly struct Given(Extension extension, ulong bits)
{
    public bool IsNothing => bits == 0;

    public bool this[Option option] => this[extension.IndexOf(option)];

    /// <summary>The same by the place of an option in <see cref="Extension.Options"/>.</summary>
    public bool this[int place] => (bits & (1UL << place)) != 0;
}
