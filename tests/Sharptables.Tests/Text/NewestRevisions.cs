using Sharptables.Extensions;

namespace Sharptables.Tests.Text;

/// <summary>A kernel that has every revision.</summary>
internal sealed class NewestRevisions : IRevisions
{
    public byte Newest(Extension extension) => extension.Revision;
}
