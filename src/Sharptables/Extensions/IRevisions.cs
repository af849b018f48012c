namespace Sharptables.Extensions;

/// <summary>Knows which revisions of extensions the kernel has.</summary>
public interface IRevisions
{
    /// <summary>
    /// The newest revision that both the kernel and the extension have; the extension's newest when the kernel has none of them.
    /// </summary>
    byte Newest(Extension extension);
}
