using System.Reflection;
using PublicApiGenerator;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.LibraryTests;

/// <summary>The public API is the one that was reviewed: a change of PublicApi.txt is one that users of the library see.</summary>
public sealed class PublicApiTests
{
    private static readonly Assembly[] s_assemblies = [typeof(RuleSet).Assembly, Assembly.Load("Sharptables"), Assembly.Load("Sharptables.Kernel")];

    [Fact]
    public void What_is_public_is_what_was_found_good()
    {
        string path = Workspace.PathOf("tests", "Sharptables.LibraryTests", "PublicApi.txt");
        string text = string.Concat(s_assemblies.Select(static assembly => assembly.GeneratePublicApi(new() { IncludeAssemblyAttributes = false })));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.True(
            File.ReadAllText(path) == text,
            $"{path} is not what is public now. If it is right: UPDATE_DOCS=1 dotnet test tests/Sharptables.LibraryTests --filter FullyQualifiedName~PublicApi");
    }

    [Fact]
    public void Nothing_of_the_kernels_door_is_public() => Assert.Empty(s_assemblies[^1].GetExportedTypes());
}
