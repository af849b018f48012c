using Sharptables.Testing;
using Xunit;

namespace Sharptables.Tests.Docs;

/// <summary>docs/extensions.md describes every match and target, and what was shown of it.</summary>
public sealed class ExtensionsPageTests
{
    [Fact]
    public void The_page_is_as_made_from_the_source()
    {
        string path = Workspace.PathOf("docs", "extensions.md");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, ExtensionsPage.Text());
        }

        Assert.Equal(ExtensionsPage.Text(), File.Exists(path) ? File.ReadAllText(path) : "");
    }

    /// <summary>By a system test, or on another kernel.</summary>
    [Fact]
    public void Every_extension_that_a_kernel_has_is_shown_with_packets() => Assert.Equal([], ExtensionsPage.NotShown);

    [Fact]
    public void What_is_shown_exists() => Assert.Equal([], ExtensionsPage.Unknown);
}
