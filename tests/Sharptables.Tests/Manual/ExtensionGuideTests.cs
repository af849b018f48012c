using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Manual;
using Sharptables.Model;
using Xunit;

namespace Sharptables.Tests.Manual;

/// <summary>The <c>.manual</c> of every extension; the differential tests run its examples.</summary>
public sealed class ExtensionGuideTests
{
    /// <summary>The room that a line of an example has on a terminal of 80 columns.</summary>
    private const int LongestLine = 69;

    public static IEnumerable<object[]> Names => Entries().Select(static each => new object[] { each.IsTarget, each.Entry.Name });

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_an_example_that_uses_the_extension(bool isTarget, string name)
    {
        (ExtensionGuide guide, Extension[] each) = Read(isTarget, name);
        Assert.Contains(guide.Examples, example => each.Any(extension => Uses(example.Command, extension, name)));
        Assert.All(guide.Examples, static example =>
        {
            Assert.Matches(@"^\P{Ll}.*:$", example.What);
            Assert.All(example.Command.Split('\n'), static line => Assert.True(line.Length <= LongestLine, line));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_tells_of_the_extensions_own_options(bool isTarget, string name)
    {
        (ExtensionGuide guide, Extension[] each) = Read(isTarget, name);
        Assert.Subset(each.SelectMany(static extension => extension.Options).Select(static option => option.Name).ToHashSet(), guide.Options.ToHashSet());
    }

    /// <summary>It is named by <c>-m</c> or <c>-j</c>, comes with its protocol, or, for bridges, with its options.</summary>
    private static bool Uses(string command, Extension extension, string name) =>
        command.Contains($"-{(extension.IsTarget ? 'j' : 'm')} {name}", StringComparison.Ordinal)
        || command.Contains($"-p {name} ", StringComparison.Ordinal)
        || extension.Options.Any(option => command.Contains($"--{option.Name} ", StringComparison.Ordinal));

    private static (ExtensionGuide Guide, Extension[] Each) Read(bool isTarget, string name)
    {
        ExtensionEntry entry = Entries().Single(each => each.IsTarget == isTarget && each.Entry.Name == name).Entry;
        Extension[] each = [.. Family.All().Where(family => (entry.Families & family.Bit) != 0).Select(entry.Build)];
        return (ExtensionGuide.Of(each[0]), each);
    }

    private static IEnumerable<(bool IsTarget, ExtensionEntry Entry)> Entries() =>
        [.. ExtensionList.Matches.ToArray().Select(static entry => (false, entry)), .. ExtensionList.Targets.ToArray().Select(static entry => (true, entry))];
}
