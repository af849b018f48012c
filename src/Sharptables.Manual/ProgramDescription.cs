using Sharptables.Extensions.Catalogue;

namespace Sharptables.Manual;

/// <summary>
/// What is said of a program to those who read or complete its command line: its manual page and its completion are made from this.
/// </summary>
/// <param name="Name">Its name, and its page's: <c>iptables-apply</c>.</param>
/// <param name="Summary">What it does, in a few words that begin small and end without a period.</param>
/// <param name="Synopsis">Its forms without its name, a line each: <c>[-t seconds] [file]</c>.</param>
/// <param name="Description">
/// Paragraphs, with an empty line between. A line that begins with four blanks is shown as it is; where lines that begin with two
/// follow a line that begins with none, they say what that one is. Between backquotes stands what is typed so.
/// </param>
internal sealed record ProgramDescription(string Name, string Summary, string[] Synopsis, string Description)
{
    /// <summary>The lines of usage in its help, which programs look for: the original's, where those are not its synopsis.</summary>
    public string[] Usage { get => field ?? Synopsis; init => field = value; }

    /// <summary>The section of the manual that its page is in.</summary>
    public int ManualSection { get; init; } = 8;

    /// <summary>What its operands are, in the words of an option's placeholder; none when it takes none.</summary>
    public string[] Operands { get; init; } = ["file"];

    /// <summary>Its options, in the order in which they are shown.</summary>
    public ProgramOption[] Options { get; init; } = [];

    /// <summary>The extensions whose options it takes too, behind what names them, or null.</summary>
    public ExtensionSet? Extensions { get; init; }

    /// <summary>Its commands, each named like it with a dash and a word, where its first operand is such a word.</summary>
    public ProgramDescription[] Commands { get; init; } = [];

    /// <summary>What its exit status says, with the paragraphs' form of <see cref="Description"/>.</summary>
    public string ExitStatus { get; init; } = "0 when all went well; otherwise something else, and the reason is on standard error.";

    /// <summary>Files it reads or writes, each with what it is.</summary>
    public (string Path, string What)[] Files { get; init; } = [];

    /// <summary>Further sections, before the examples.</summary>
    public ProgramSection[] Sections { get; init; } = [];

    /// <summary>Examples; a test runs each.</summary>
    public ProgramExample[] Examples { get; init; } = [];

    /// <summary>Pages to read besides: <c>iptables(8)</c>.</summary>
    public string[] SeeAlso { get; init; } = [];
}
