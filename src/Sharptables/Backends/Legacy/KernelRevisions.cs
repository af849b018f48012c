using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;

namespace Sharptables.Backends.Legacy;

/// <summary>Asks the kernel, once for each extension that has more than one revision.</summary>
/// <param name="tables">The door to the kernel.</param>
public sealed class KernelRevisions(LegacyTables tables) : IRevisions
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

        byte newest = Ask(extension);
        _known.Add((extension, newest));
        return newest;
    }

    private byte Ask(Extension extension)
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

        return extension.Revision;
    }
}
