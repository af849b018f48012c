using System.Text.RegularExpressions;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.Tests.Model;

/// <summary>What differs between families is declared for each, so a family more is never taken for one of those that are here.</summary>
public sealed partial class FamilyTests
{
    /// <summary>One for which nothing is declared.</summary>
    private static readonly Family s_other = new()
    {
        Name = "netdev",
        Program = "netdevtables",
        Bit = (Families)16,
        Sockets = AddressFamily.IPv4,
        NftName = "netdev",
        Number = 5,
        AddressSize = 4,
        HeaderSize = 28,
        HookNames = ["INGRESS", "EGRESS"],
        ExtensionModulePrefix = "netdevt_",
        KernelOptions = "NETDEV_NF_",
        Layout = RuleLayout.Around(conditionsSize: 8),
    };

    [Fact]
    public void No_source_file_compares_families()
    {
        string[] files = [.. Directory.GetFiles(Workspace.PathOf("src"), "*.cs", SearchOption.AllDirectories).Where(static f => !f.Contains("/obj/", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        Assert.Equal([], files.SelectMany(static file => Comparison().Matches(File.ReadAllText(file)).Select(found => $"{file}: {found.Value}")));
    }

    [Theory]
    [InlineData("family == Family.IPv4 ? 1 : 2", true)]
    [InlineData("Family.IPv6 != format.Family", true)]
    [InlineData("if (rule.Family is Model.Family.IPv6)", true)]
    [InlineData("ReferenceEquals(family, Family.IPv4)", true)]
    [InlineData("family.Equals(Family.IPv4)", true)]
    [InlineData("_family == AddressFamily.IPv4", true)]
    [InlineData("family.Bit == Families.IPv6", true)]
    [InlineData("family.Name == \"IPv6\"", true)]
    [InlineData("family.AddressSize == 16", true)]
    [InlineData("(entry.Families & family.Bit) == 0", false)]
    [InlineData("Families families = Families.Both", false)]
    [InlineData("Describe(Family.IPv4)", false)]
    public void A_comparison_is_seen(string text, bool isComparison) => Assert.Equal(isComparison, Comparison().IsMatch(text));

    [Fact]
    public void Families_have_other_names_bits_and_letters() =>
        Assert.All(
            (Func<Family, object?>[])[static f => f.Name, static f => f.Program, static f => f.Bit, static f => f.NftName, static f => f.Letter],
            static ask => Assert.Equal(Family.All().Length, Family.All().Select(ask).Distinct().Count()));

    [Fact]
    public void A_twin_has_this_family_for_its_twin()
    {
        Assert.All(Family.All(), static family => Assert.Same(family, family.Twin?.Twin ?? family));
        Assert.Same(Family.IPv6, Family.IPv4.Twin);
        Assert.Null(s_other.Twin);
    }

    [Fact]
    public void The_conditions_in_a_rule_are_the_payload_of_its_head() =>
        Assert.All(Family.All(), static family => Assert.Equal(HeadList.Of(family).Match.PayloadSize, family.Layout.ConditionsSize));

    [Fact]
    public void Built_in_chains_are_named_for_hooks() =>
        Assert.All(Family.All(), static family => Assert.All(BuiltInTable.Of(family), table => Assert.All(table.Chains, chain => Assert.Contains(chain, family.HookNames))));

    [Fact]
    public void A_set_of_hooks_is_named_in_their_order()
    {
        Assert.Equal("PREROUTING, OUTPUT", Family.IPv4.NamesOf(Hooks.Output | Hooks.PreRouting));
        Assert.Equal(Hooks.Forward, Family.IPv4.HookNamed("FORWARD"));
        Assert.Equal(Hooks.None, Family.IPv4.HookNamed("ssh"));
    }

    [Fact]
    public void A_family_without_declarations_has_no_extension_head_table_or_field()
    {
        Assert.All((ExtensionEntry[])[.. ExtensionList.Matches, .. ExtensionList.Targets], static entry => Assert.Throws<ArgumentException>(() => entry.Build(s_other)));
        Assert.Throws<ArgumentException>(static () => HeadList.Of(s_other));
        Assert.Empty(BuiltInTable.Of(s_other));
        Assert.Throws<ArgumentException>(static () => Field.Ip.Source.In(s_other));
    }

    [Fact]
    public void An_extension_with_a_declaration_for_each_family_is_built_from_its_own()
    {
        Assert.All(Family.OfXTables(), static family =>
        {
            Extension built = ExtensionList.Targets.ToArray().Single(static entry => entry.Name == "SNAT").Build(family);
            Assert.Same(family, built.Family);
        });
        Assert.NotEqual(
            ExtensionList.Targets.ToArray().Single(static entry => entry.Name == "SNAT").Build(Family.IPv4).GetType(),
            ExtensionList.Targets.ToArray().Single(static entry => entry.Name == "SNAT").Build(Family.IPv6).GetType());
    }

    [GeneratedRegex("""
        (==|!=|\bis|\bis\ not|\bcase|Equals\([^()]*)\s*(Model\.)?(Family|Families|AddressFamily)\.\w
        | \b(Family|Families|AddressFamily)\.IPv[46]\s*(==|!=)
        | amily\.(Name|Program|NftName)\s*(==|!=|is)\s*"
        | amily\.(AddressSize|HeaderSize|Letter|Bit)\s*(==|!=|is)\s*['\d]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Comparison();
}
