using System.Text;
using Sharptables.Extensions;

namespace Sharptables.Backends;

/// <summary>Which revisions of an extension can be used.</summary>
internal static class KernelRevisions
{
    /// <summary>The newest revision that both we and the kernel have; null when there is none.</summary>
    public static byte? NewestRevision(this ITables tables, Extension extension)
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

    /// <summary>Whether the kernel has a match or target in any revision that we know.</summary>
    public static bool Has(this ITables tables, Extension extension) => tables.NewestRevision(extension) is not null;
}
