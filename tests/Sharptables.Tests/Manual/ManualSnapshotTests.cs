using System.Text;
using System.Text.RegularExpressions;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Programs;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Manual;

/// <summary>The manual: every page as it was accepted, and complete.</summary>
public sealed partial class ManualSnapshotTests
{
    private static readonly ManualEdition s_edition = new("VERSION", "DATE");

    public static IEnumerable<object[]> Pages => ManualPages.All().Select(static page => new object[] { page.FileNamed(page.Description.Name) });

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_is_as_it_was_found_good(string file) => Snapshot.Matches(file, TextOf(PageOf(file)));

    [Fact]
    public void There_is_no_page_of_what_is_gone() =>
        Snapshot.AreAll("*.[0-9]", ManualPages.All().Select(static page => page.FileNamed(page.Description.Name)));

    [Fact]
    public void Every_program_and_every_command_has_a_page()
    {
        List<ManualPageEntry> pages = ManualPages.All();
        Assert.All(ManualPages.ProgramNames(), name => Assert.Single(pages, page => page.IsNamed(name)));
        Assert.All(SharptablesProgram.Commands, command => Assert.Single(pages, page => page.IsNamed($"sharptables {command.Name}")));
        Assert.All(SharptablesProgram.Commands, static command => Assert.Equal($"sharptables-{command.Name}", command.Describe(Family.IPv4).Name));
        Assert.Equal(pages.Count, pages.Select(static page => page.Description.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_says_what_it_is_to_say(string file)
    {
        ProgramDescription program = PageOf(file).Description;
        Assert.Matches(@"^\P{Lu}.*[^.]$", program.Summary);
        Assert.NotEmpty(program.Synopsis);
        Assert.NotEmpty(program.Description);
        Assert.NotEmpty(program.Examples);
        Assert.NotEmpty(program.SeeAlso);
        Assert.All(program.SeeAlso, static page => Assert.Matches(@"^[a-z0-9_-]+\([1-8]\)$", page));
        Assert.All(program.Files, static f => Assert.NotEmpty(f.What));
        foreach (CommandOption option in program.Options.Where(static option => option.Summary.Length > 0))
        {
            Assert.Matches(Sentence(), option.Summary);
            Assert.Equal(option.Words == 0, option.Placeholder.Length == 0);
        }
    }

    /// <summary>A page that is referred to is one of ours, or of another project's.</summary>
    [Fact]
    public void What_is_referred_to_is_there()
    {
        List<ManualPageEntry> pages = ManualPages.All();
        string[] foreign = ["nft(8)", "man(1)", "bash(1)"];
        foreach (string reference in pages.SelectMany(static page => page.Description.SeeAlso).Where(static r => r.Contains("tables", StringComparison.Ordinal)))
        {
            string name = reference[..reference.IndexOf('(', StringComparison.Ordinal)];
            Assert.Contains(pages, page => page.IsNamed(name) && reference == $"{name}({page.Description.ManualSection})");
        }

        Assert.DoesNotContain(pages, page => foreign.Any(f => page.IsNamed(f[..f.IndexOf('(', StringComparison.Ordinal)])));
    }

    /// <summary>An option that a page does not mention is only taken so that old scripts run.</summary>
    [Fact]
    public void Every_option_of_every_program_is_told_of_or_is_only_for_old_scripts()
    {
        IEnumerable<string> untold =
            from page in ManualPages.All()
            from option in page.Description.Options
            where option.Summary.Length == 0
            select $"{page.Description.Name} {(option.Name.Length > 0 ? "--" + option.Name : "-" + option.Letter)}";
        Assert.Equal(
            ["iptables --wait-interval", "iptables-save -b", "iptables-save --dump", "iptables-restore -b", "iptables-restore --wait-interval", "ebtables --Lx", "ebtables --Lmac2",
                "ebtables --concurrent", "iptables-translate --wait-interval"],
            untold);
    }

    [Fact]
    public void Every_option_of_every_extension_is_told_of()
    {
        string page = TextOf(PageOf("iptables-extensions.8"));
        foreach ((ExtensionEntry entry, Family family) in Entries())
        {
            Extension extension = entry.Build(family);
            string about = Section(page.Split("\n.SH TARGETS\n")[extension is { IsTarget: true, IsWatcher: false } ? 1 : 0], entry.Name);
            foreach (Option option in extension.Options)
            {
                Assert.All(option.Aliases.Prepend(option.Name), name => Assert.Contains(Bold("--" + name), about, StringComparison.Ordinal));
                Assert.All(option.Choices, choice => Assert.Contains(choice.Replace("-", "", StringComparison.Ordinal), Bare(about), StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Text_is_no_macro_and_dashes_that_are_typed_are_those_of_the_keyboard()
    {
        Output output = new(descriptor: -1);
        ManualText text = new(output, ["prog"]);
        text.Paragraphs("""
            .so it begins, 'quoted' and \n. Say --this-one, prog, /etc/file, other(8) or `prog -x 'a b'`.

                .literal - 'x' `y`

            tag-word
              What it is.
            """);
        string expected = """
            .PP
            \&.so it begins, 'quoted' and \en.
            Say \fB\-\-this\-one\fR, \fBprog\fR, \fI/etc/file\fR, \fBother\fR(8) or
            \fBprog\fR \fB\-x\fR \fB\(aqa\fR \fBb\(aq\fR.
            .PP
            .in +4n
            .EX
            \&.literal \- \(aqx\(aq \(gay\(ga
            .EE
            .in
            .TP
            \fBtag\-word\fR
            What it is.

            """;
        Assert.Equal(expected, Encoding.UTF8.GetString(output.Written));
    }

    [Theory]
    [InlineData("[-t table]", @"[\fB\-t\fR \fItable\fR]")]
    [InlineData("port[:port]", @"\fIport\fR[:\fIport\fR]")]
    [InlineData("in|out", @"\fBin\fR|\fBout\fR")]
    [InlineData("{A|B}[,...]", @"{\fBA\fR|\fBB\fR}[,...]")]
    [InlineData("value[/mask]|name", @"\fIvalue\fR[/\fImask\fR]|\fIname\fR")]
    public void The_form_of_a_value_shows_what_is_typed_as_it_is(string form, string roff) => Assert.Equal(roff, ManualText.Form(form));

    private static ManualPageEntry PageOf(string file) => ManualPages.All().Single(page => page.FileNamed(page.Description.Name) == file);

    private static string TextOf(ManualPageEntry page)
    {
        Output output = new(descriptor: -1);
        ManualPages.Write(page, s_edition, output);
        return Encoding.UTF8.GetString(output.Written);
    }

    private static IEnumerable<(ExtensionEntry Entry, Family Family)> Entries() =>
        from entry in (IEnumerable<ExtensionEntry>)[.. ExtensionList.Matches, .. ExtensionList.Targets]
        from family in Family.All()
        where (entry.Families & family.Bit) != 0
        select (entry, family);

    private static string Section(string page, string name)
    {
        string[] parts = page.Split($"\n.SS {name}\n");
        Assert.Equal(2, parts.Length);
        return parts[1].Split("\n.S")[0];
    }

    private static string Bold(string text) => $@"\fB{text.Replace("-", @"\-", StringComparison.Ordinal)}\fR";

    private static string Bare(string roff) => roff.Replace(@"\fB", "", StringComparison.Ordinal).Replace(@"\fR", "", StringComparison.Ordinal)
        .Replace(@"\-", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^\P{Ll}.*\.$", RegexOptions.Singleline)]
    private static partial Regex Sentence();
}
