using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.Tests.Extensions;

/// <summary>Every option occurs in the samples from which the generator of the differential tests composes rules.</summary>
public sealed class GeneratorOptionsTests
{
    public static IEnumerable<object[]> Rows => ExtensionListTests.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_generator_has_every_option(string kind, string name, string familyName)
    {
        Family family = Family.Named(familyName);
        string written = family.NftName;
        ExtensionSample[] samples =
            [.. SpecFile.Samples.Where(s => s.Name == name && s.IsTarget == (kind == "target") && s.Families.Contains(written))];
        bool isAbsent = SpecFile.Absent.Contains(name);
        Assert.True(samples.Length > 0 != isAbsent, $"{name} is {(isAbsent ? "there, and said to be absent" : "without lines for the generator in its .spec")}");
        if (!isAbsent)
        {
            Extension extension = new ExtensionSet(family).Find(Encoding.ASCII.GetBytes(name), kind == "target")!;
            IEnumerable<string> spellings =
                samples.SelectMany(static s => s.Options).Where(o => (o.Family ?? written) == written).Select(static o => o.Name[2..]);
            Assert.Empty(extension.Options.SelectMany(static o => o.Aliases.Prepend(o.Name)).Except(spellings));
        }
    }
}
