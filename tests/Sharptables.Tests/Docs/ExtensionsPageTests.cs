using Sharptables.Tests.Extensions;
using Xunit;

namespace Sharptables.Tests.Docs;

/// <summary>docs/extensions.md tells of every match and target what it is and what was shown of it.</summary>
public sealed class ExtensionsPageTests
{
    [Fact]
    public void The_page_is_as_made_from_the_source()
    {
        string path = SourceTree.PathOf("docs", "extensions.md");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, ExtensionsPage.Text());
        }

        Assert.Equal(ExtensionsPage.Text(), File.Exists(path) ? File.ReadAllText(path) : "");
    }

    /// <summary>A system test shows it, or tests/Sharptables.SystemTests/not-shown.txt says why none can.</summary>
    [Fact]
    public void Every_extension_is_shown_with_packets_or_there_is_a_reason() => Assert.Equal([], ExtensionsPage.NotAccountedFor);

    [Fact]
    public void What_is_shown_exists() => Assert.Equal([], ExtensionsPage.Unknown);
}
