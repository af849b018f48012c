using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Xunit;

namespace Sharptables.Tests.Extensions;

/// <summary>Asks the kernel that the tests run on which revisions it has: it may hold rules in each of them.</summary>
public sealed class KernelRevisionTests
{
    private const int BeyondAny = 9;

    /// <summary>What is not read, by family, name and revision, and why.</summary>
    private static readonly Dictionary<(Family, string, byte), string> s_unread = new()
    {
        [(Family.IPv4, "SNAT", 1)] = "that is IPv6's; no iptables puts it into an IPv4 table",
        [(Family.IPv4, "SNAT", 2)] = "has room for a base port; no iptables uses it",
        [(Family.IPv6, "SNAT", 2)] = "has room for a base port; no iptables uses it",
    };

    public static IEnumerable<object[]> Rows => ExtensionListTests.RowsOfXTables;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_revision_that_the_kernel_has_is_read(string kind, string name, string familyName)
    {
        Family family = Family.Named(familyName);
        using XTablesSocket socket = new(family.XTables!.Interface);
        ExtensionSet extensions = new(family);
        Extension extension = extensions.Find(Encoding.ASCII.GetBytes(name), kind == "target")!;
        byte[] kernelName = Encoding.ASCII.GetBytes(extension.KernelName);
        Extension reader = extensions.Find(kernelName, kind == "target")!;
        for (byte revision = 0; revision < BeyondAny; revision++)
        {
            bool isRead = revision == reader.Revision || reader.OlderLayouts.Any(o => o.Revision == revision);
            if (socket.HasRevision(kernelName, revision, extension.IsTarget))
            {
                Assert.True(
                    isRead != s_unread.ContainsKey((family, reader.Name, revision)),
                    $"the kernel has {reader.Name} in revision {revision}, and it is {(isRead ? "read after all" : "not read")}");
            }
        }
    }
}
