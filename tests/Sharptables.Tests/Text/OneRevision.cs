using Sharptables.Extensions;

namespace Sharptables.Tests.Text;

/// <summary>A kernel that has one extension only in one revision, and the newest of all others.</summary>
internal sealed class OneRevision(string name, bool isTarget, byte revision) : IRevisions
{
    public byte Newest(Extension extension) => extension.Name == name && extension.IsTarget == isTarget ? revision : extension.Revision;
}
