using System.Reflection;
using System.Text.RegularExpressions;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Testing;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Extensions;

/// <summary>What holds for every extension: those that are here, and those that will be added.</summary>
public sealed partial class ExtensionListTests
{
    private const int MostLines = 250;

    /// <summary>Structs that no UAPI header defines, and why.</summary>
    private static readonly Dictionary<string, string> s_withoutHeader = new()
    {
        ["Sharptables.Extensions.Matches.AmongInfo"] = "nf_tables has a set in its place",
        ["Sharptables.Extensions.Targets.UlogInfo"] = "linux/netfilter_ipv4/ipt_ULOG.h went when Linux 3.17 dropped the target",
    };

    /// <summary>Whose older revisions are not tried newest first, and why.</summary>
    private static readonly Dictionary<string, string> s_otherOrder = new()
    {
        ["Dnat IPv4"] = "where there is no revision 2, iptables writes revision 0; revision 1 is IPv6's, and only read",
    };

    /// <summary>Where a view may name what is also the name of an extension, and why.</summary>
    /// <summary>The language of nft, in which headers and statements are called as extensions are.</summary>
    private static readonly string[] s_languageOfNft = ["/Formats/Nft/", "/Backends/Nft/RuleWords", "/Backends/Nft/Terms.cs", "/Backends/Nft/PacketProtocols.cs"];

    private static readonly Dictionary<string, string[]> s_mayName = new()
    {
        // Names of protocols, which iptables knows without /etc/protocols; that a match is called the same is how -p finds it.
        ["Protocols.cs"] = ["tcp", "udp", "icmp", "ipv6-icmp", "icmpv6", "udplite", "esp", "ah", "sctp", "mh"],

        // The option --policy, which is older than the match of that name.
        ["BaseOptions.cs"] = ["policy"],

        // An expression of nf_tables.
        ["ExpressionWriter.cs"] = ["limit", "log"],
        ["ExpressionList.cs"] = ["limit", "log"],

        // What iptables writes as expressions, read without an object a rule; and what nft keeps beside a rule.
        ["NativeRule.cs"] = ["tcp", "udp", "mark"],
        ["OtherForms.cs"] = ["osf", "rt", "socket"],
        ["OtherForms.Statements.cs"] = ["comment", "quota"],

        // Families in the words of nft, and the table.
        ["Family.cs"] = ["ip", "ip6", "arp"],
        ["NftFamily.cs"] = ["ip", "ip6", "arp"],
        ["BuiltInTable.cs"] = ["mangle"],
        ["BaseChain.cs"] = ["mangle"],
        ["NftTables.cs"] = ["mangle"],

        // What -P takes.
        ["Completion.cs"] = ["policy"],
    };

    public static IEnumerable<object[]> Rows => Entries.Select(static e => new object[] { e.Kind, e.Entry.Name, e.Family.Name });

    /// <summary>Those of families whose tables x_tables has, too.</summary>
    public static IEnumerable<object[]> RowsOfXTables => Rows.Where(static row => Family.Named((string)row[2]).XTables is not null);

    private static IEnumerable<(string Kind, ExtensionEntry Entry, Family Family)> Entries =>
        from kind in (string[])["match", "target"]
        from entry in kind == "match" ? ExtensionList.Matches.ToArray() : ExtensionList.Targets.ToArray()
        from family in Family.All()
        where (entry.Families & family.Bit) != 0
        select (kind, entry, family);

    [Fact]
    public void Every_name_is_found_and_no_other()
    {
        string[] names = [.. ExtensionList.Matches.ToArray().Concat(ExtensionList.Targets.ToArray()).Select(static entry => entry.Name)];
        Assert.All(names, static name => Assert.True(ExtensionList.Has(System.Text.Encoding.ASCII.GetBytes(name)), name));
        Assert.All((string[])["", "a", "marks", "mar", "geoip", "CHAOS", "zz", "ZZ"], static name => Assert.False(ExtensionList.Has(System.Text.Encoding.ASCII.GetBytes(name))));
    }

    [Fact]
    public void The_longest_name_is_as_long_as_is_said() =>
        Assert.Equal(ExtensionList.LongestName, Entries.SelectMany(static e => e.Entry.Aliases.Prepend(e.Entry.Name)).Max(static n => n.Length));

    [Theory]
    [InlineData("match")]
    [InlineData("target")]
    public void A_name_stands_for_one_extension_of_its_kind(string kind)
    {
        foreach (Family family in Family.All())
        {
            List<string> names = [.. Entries.Where(e => e.Kind == kind && e.Family == family).SelectMany(static e => e.Entry.Aliases.Prepend(e.Entry.Name))];
            Assert.Equal(names.Distinct().Count(), names.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_is_what_its_line_in_the_list_says(string kind, string name, string familyName)
    {
        Family family = Family.Named(familyName);
        Extension extension = Build(kind, name, family);
        Assert.Equal((name, kind == "target"), (extension.Name, extension.IsTarget));
        Assert.Matches("^[A-Za-z0-9_-]{1,28}$", extension.Name);
        Assert.Matches("^[A-Za-z0-9_-]{1,28}$", extension.KernelName);
        ExtensionSet set = new(family);
        Assert.Same(set.Find(System.Text.Encoding.ASCII.GetBytes(name), kind == "target"), set.Find(System.Text.Encoding.ASCII.GetBytes(name), kind == "target"));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Its_options_can_be_told_apart(string kind, string name, string familyName)
    {
        Family family = Family.Named(familyName);
        Option[] options = Build(kind, name, family).Options;
        Assert.InRange(options.Length, 0, 64);
        List<string> names = [.. options.SelectMany(static o => o.Aliases.Prepend(o.Name))];
        Assert.Equal(names.Distinct().Count(), names.Count);
        Assert.Empty(names.Intersect(BaseOptions(family)));
        Assert.All(names, static n => Assert.Matches("^[a-z0-9][a-z0-9_-]*$", n));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_its_options_refer_to_is_there(string kind, string name, string familyName)
    {
        Family family = Family.Named(familyName);
        Extension extension = Build(kind, name, family);
        HashSet<string> names = [.. extension.Options.Select(static o => o.Name)];
        foreach (Option option in extension.Options)
        {
            Assert.False(option is { IsRequired: true, IsShorthand: true }, $"--{option.Name} is required, and only another way to write what is");
            Assert.InRange(option.Since, 0, extension.Revision);
            Assert.All(Reference().Matches(option.Summary), m => Assert.Contains(m.Groups[1].Value, names));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Everything_has_its_line_of_help(string kind, string name, string familyName)
    {
        Family family = Family.Named(familyName);
        Extension extension = Build(kind, name, family);
        Assert.Matches(Sentence(), extension.Summary);
        foreach (Option option in extension.Options)
        {
            Assert.Matches(Sentence(), option.Summary);
            Assert.InRange(option.Words, 0, 2);
            Assert.Equal(option.Words == 0, option.Placeholder.Length == 0);
            Assert.All(option.Choices, static c => Assert.NotEmpty(c));
        }

        Output help = new(descriptor: -1);
        HelpText.WriteExtension(extension, help);
        string text = System.Text.Encoding.UTF8.GetString(help.Written);
        Assert.All(extension.Options, o => Assert.Contains($"--{o.Name}", text, StringComparison.Ordinal));
        Assert.DoesNotContain("{--", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Its_struct_and_older_ones_are_the_kernels(string kind, string name, string familyName)
    {
        Family family = Family.Named(familyName);
        Extension extension = Build(kind, name, family);
        Assert.InRange(extension.ComparedSize, 0, extension.PayloadSize);
        if (extension.PayloadSize > 0)
        {
            Type info = InfoOf(extension.GetType());
            AssertIsKernels(info);
            Assert.True(info.IsVisible || family.XTables is null, $"{info} is not for users of the library");
        }

        byte[] revisions = [.. extension.OlderLayouts.Select(static o => o.Revision)];
        Assert.Equal(revisions.Distinct().Count(), revisions.Length);
        Assert.Equal(s_otherOrder.ContainsKey($"{ClassOf(extension)} {family}"), !revisions.SequenceEqual(revisions.OrderDescending()));
        foreach (OlderLayout older in extension.OlderLayouts)
        {
            Assert.InRange(older.Revision, 0, extension.Revision - 1);
            if (older.Size > 0)
            {
                Type layout = older.GetType();
                AssertIsKernels(layout.IsGenericType ? layout.GetGenericArguments()[^1] : layout);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_may_stand_somewhere(string kind, string name, string familyName)
    {
        Family family = Family.Named(familyName);
        Usage usage = Build(kind, name, family).Usage;
        Assert.NotEqual(Hooks.None, usage.Hooks);
        string[] tables = Array.ConvertAll(BuiltInTable.Of(family), static table => table.Name);
        Assert.All(usage.Tables ?? ["filter"], t => Assert.Contains(t, tables));
        Assert.All(usage.Protocols ?? [1], static p => Assert.NotEqual(0, p));
        Assert.NotEmpty(usage.Tables ?? ["filter"]);
        Assert.NotEmpty(usage.Protocols ?? [1]);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_has_a_file_and_a_spec_that_tries_each_of_its_options(string kind, string name, string familyName)
    {
        Family family = Family.Named(familyName);
        Extension extension = Build(kind, name, family);
        string file = FileOf(extension);
        Assert.True(File.Exists(file + ".cs"), $"{file}.cs is not there");
        Assert.True(File.Exists(file + ".spec"), $"{file}.spec is not there");
        List<SpecCase> all = [.. SpecFile.Cases.Concat(SpecFile.FrameCases).Where(c => c.File == ClassOf(extension))];
        List<SpecCase> cases = all.FindAll(c => c.Family == family.NftName || (family.XTables is null && all.TrueForAll(other => other.Family != family.NftName)));
        Assert.Contains(cases, static c => c.IsWellFormed);
        Assert.Contains(cases, static c => !c.IsWellFormed);
        HashSet<string> tried = [.. all.SelectMany(static c => Word().Matches(c.Rule)).Select(static m => m.Groups[1].Value)];
        Assert.All(extension.Options, o => Assert.Contains(o.Name, tried));
    }

    /// <summary>A large extension has a folder of its own name, with what only it needs.</summary>
    [Fact]
    public void Every_file_beside_the_extensions_is_one_or_what_several_share()
    {
        HashSet<string> classes = [.. Entries.Select(static e => ClassOf(e.Entry.Build(e.Family)))];
        foreach (string file in ExtensionFiles("*.spec"))
        {
            Assert.Contains(Path.GetFileNameWithoutExtension(file), classes);
        }

        foreach (string file in ExtensionFiles("*.cs"))
        {
            int lines = File.ReadLines(file).Count();
            Assert.True(lines <= MostLines, $"{file} has {lines} lines; {MostLines} are the most");
            Assert.True(
                classes.Contains(Path.GetFileNameWithoutExtension(file)) || classes.Contains(Path.GetFileName(Path.GetDirectoryName(file)!))
                    || File.ReadAllText(file).Contains("abstract class", StringComparison.Ordinal),
                $"{file} is no extension of the list");
        }
    }

    [Fact]
    public void No_view_names_an_extension()
    {
        HashSet<string> names = [.. Entries.Where(static e => e.Family.XTables is not null).SelectMany(static e => e.Entry.Aliases.Append(e.Entry.Name))];
        List<string> wrong = [];
        foreach (string directory in (string[])
            ["Sharptables/Text", "Sharptables/Model", "Sharptables/Formats", "Sharptables/Editing", "Sharptables/Backends", "Sharptables/Analysis", "Sharptables.Manual"])
        {
            foreach (string file in Directory.GetFiles(Workspace.PathOf("src", directory), "*.cs", SearchOption.AllDirectories)
                .Where(static file => !s_languageOfNft.Any(file.Contains)))
            {
                foreach (Match literal in Literal().Matches(File.ReadAllText(file)))
                {
                    string text = literal.Groups[1].Value;
                    if (names.Contains(text) && !(s_mayName.TryGetValue(Path.GetFileName(file), out string[]? may) && may.Contains(text)))
                    {
                        wrong.Add($"{file}: \"{text}\"");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static Extension Build(string kind, string name, Family family) =>
        Entries.Single(e => e.Kind == kind && e.Entry.Name == name && e.Family == family).Entry.Build(family);

    /// <summary>The path of its files, without what they end in.</summary>
    private static string FileOf(Extension extension)
    {
        string[] found = [.. ExtensionFiles($"{ClassOf(extension)}.cs")];
        return found is [var file] ? file[..^".cs".Length] : $"(one of {found.Length}) {ClassOf(extension)}";
    }

    private static string ClassOf(Extension extension) => extension.GetType().Name.Split('`')[0];

    private static IEnumerable<string> ExtensionFiles(string pattern) =>
        ((string[])["Matches", "Targets"]).SelectMany(d =>
            Directory.GetFiles(Workspace.PathOf("src", "Sharptables", "Extensions", d), pattern, SearchOption.AllDirectories));

    private static Type InfoOf(Type type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(Extension<>) ? type.GetGenericArguments()[0] : InfoOf(type.BaseType!);

    private static void AssertIsKernels(Type info) => Assert.True(
        info.GetCustomAttribute<KernelStructAttribute>() is not null || s_withoutHeader.ContainsKey(info.FullName!),
        $"{info.FullName} has no [KernelStruct], so that no test compares it with the kernel's");

    private static IEnumerable<string> BaseOptions(Family family) =>
    [
        .. Sharptables.Formats.Iptables.Dialect.Of(family).Options.Select(static o => o.Name),
        .. HeadList.Of(family).Match.Options.SelectMany(static o => o.Aliases.Prepend(o.Name)),
    ];

    [GeneratedRegex(@"\{--([a-z0-9-]+)\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\P{Ll}.*\.$")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"--([a-z0-9][a-z0-9_-]*)")]
    private static partial Regex Word();

    [GeneratedRegex("(?<!<param name=)\"((?:[^\"\\\\\n]|\\\\.)*)\"")]
    private static partial Regex Literal();
}
