namespace Sharptables.Extensions;

/// <summary>Which options of an extension were given.</summary>
/// <param name="extension">The extension.</param>
/// <param name="bits">A bit for each of its options that was given.</param>
internal readonly struct Given(Extension extension, ulong bits)
{
    public bool IsNothing => bits == 0;

    public bool this[Option option] => (bits & (1UL << extension.IndexOf(option))) != 0;
}
