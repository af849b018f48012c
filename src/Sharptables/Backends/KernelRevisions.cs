using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;

namespace Sharptables.Backends;

/// <summary>Asks the kernel, once for each extension that has more than one revision.</summary>
/// <param name="tables">The way to it.</param>
public sealed class KernelRevisions(ITables tables) : IRevisions
{
    private readonly List<(Extension Extension, byte Revision)> _known = [];

    /// <inheritdoc/>
    public byte Newest(Extension extension)
    {
        if (extension.OlderLayouts.Length == 0)
        {
            return extension.Revision;
        }

        foreach ((Extension known, byte revision) in _known)
        {
            if (ReferenceEquals(known, extension))
            {
                return revision;
            }
        }

        byte newest = Ask(extension) ?? extension.Revision;
        _known.Add((extension, newest));
        return newest;
    }

    /// <summary>Whether the kernel has a match or target in any revision that we have.</summary>
    public bool Has(Extension extension) => Ask(extension) is not null;

    private byte? Ask(Extension extension)
    {
        if (tables.HasRevision(Encoding.ASCII.GetBytes(extension.KernelName), extension.Revision, extension.IsTarget))
        {
            return extension.Revision;
        }

        foreach (OlderLayout older in extension.OlderLayouts)
        {
            if (tables.HasRevision(Encoding.ASCII.GetBytes(older.KernelNameFor(extension)), older.Revision, extension.IsTarget))
            {
                return older.Revision;
            }
        }

        return null;
    }
}
