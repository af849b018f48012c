using System.Text;
using System.Text.RegularExpressions;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Xunit;

namespace Sharptables.Tests.Extensions;

/// <summary>Every option that there is occurs in what the generator of the differential tests composes rules from.</summary>
public sealed partial class GeneratorOptionsTests
{
    /// <summary>The spellings by kind, name and family.</summary>
    private static readonly Dictionary<(string Kind, string Name, Family Family), HashSet<string>> s_spellings = [];

    /// <summary>What the kernel of the tests does not have.</summary>
    private static readonly HashSet<string> s_absent = [];

    static GeneratorOptionsTests()
    {
        string kind = "", name = "";
        Family[] families = [];
        foreach (string line in Directory.GetFiles(SourceTree.PathOf("src", "Sharptables", "Extensions"), "*.spec", SearchOption.AllDirectories)
            .SelectMany(static spec => File.ReadLines(spec)).Where(static line => line.StartsWith("& ", StringComparison.Ordinal))
            .Select(static line => line[2..]))
        {
            if (Head().Match(line) is { Success: true } head)
            {
                (kind, name) = (head.Groups[1].Value, head.Groups[2].Value);
                families = [.. head.Groups[3].Value.Split(',').Select(static f => f == "ip6" ? Family.IPv6 : Family.IPv4)];
                Array.ForEach(families, f => s_spellings.TryAdd((kind, name, f), []));
            }
            else if (Absent().Match(line) is { Success: true } absent)
            {
                s_absent.Add(absent.Groups[1].Value);
            }
            else if (Option().Match(line) is { Success: true } option)
            {
                string only = option.Groups[1].Value;
                foreach (Family family in families.Where(f => only.Length == 0 || only == (f == Family.IPv6 ? "ip6:" : "ip:")))
                {
                    s_spellings[(kind, name, family)].Add(option.Groups[2].Value);
                }
            }
        }
    }

    public static IEnumerable<object[]> Rows => ExtensionListTests.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_generator_has_every_option(string kind, string name, string familyName)
    {
        Family family = Family.Named(familyName);
        bool isThere = s_spellings.TryGetValue((kind, name, family), out HashSet<string>? spellings);
        Assert.True(isThere != s_absent.Contains(name), $"{name} is {(isThere ? "there, and said to be absent" : "without lines for the generator in its .spec")}");
        if (isThere)
        {
            Extension extension = new ExtensionSet(family).Find(Encoding.ASCII.GetBytes(name), kind == "target")!;
            Assert.Empty(extension.Options.SelectMany(static o => o.Aliases.Prepend(o.Name)).Except(spellings!));
        }
    }

    [GeneratedRegex("^(match|target) (\\S+) (\\S+)")]
    private static partial Regex Head();

    [GeneratedRegex("^absent (\\S+)  \\S")]
    private static partial Regex Absent();

    [GeneratedRegex("^(ip6?:)?[ !~+^0-9]*--(\\S+)")]
    private static partial Regex Option();
}
