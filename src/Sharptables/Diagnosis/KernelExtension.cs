using System.Collections.Generic;
using System.Text;
using Sharptables.Backends;
using Sharptables.Extensions;

namespace Sharptables.Diagnosis;

/// <summary>A match or target that the kernel has.</summary>
internal sealed class KernelExtension
{
    internal KernelExtension(string family, Extension extension, ITables tables)
    {
        Family = family;
        Name = extension.Name;
        IsTarget = extension.IsTarget;
        List<int> revisions = [];
        for (byte revision = 0; revision <= extension.Revision; revision++)
        {
            if (tables.HasRevision(Encoding.ASCII.GetBytes(extension.KernelName), revision, IsTarget))
            {
                revisions.Add(revision);
            }
        }

        Revisions = revisions;
    }

    /// <summary><c>IPv4</c> or <c>IPv6</c>.</summary>
    public string Family { get; }

    public string Name { get; }

    public bool IsTarget { get; }

    /// <summary>The revisions that it has, of those that we know.</summary>
    public IReadOnlyList<int> Revisions { get; }
}
