using System;
using Sharptables.Extensions.Catalogue;
using Sharptables.Text;

namespace Sharptables.Manual;

/// <summary>
/// Describes a program to readers and to completion: its manual page and its completion are made from this.
/// </summary>
/// <param name="Name">Its name, and that of its page: <c>iptables-apply</c>.</param>
/// <param name="Summary">What it does, in a few words, without a capital or a period.</param>
/// <param name="Synopsis">Its forms without its name: <c>[-t seconds] [file]</c>.</param>
/// <param name="Description">
/// Paragraphs, separated by empty lines. A line with four leading blanks is literal; lines with two explain the line without blanks
/// above them. Text in backquotes is typed literally.
/// </param>
internal sealed record ProgramDescription(string Name, string Summary, string[] Synopsis, string Description)
{
    /// <summary>The usage lines of its help, which programs look for: the original's, where those are not its synopsis.</summary>
    public string[] Usage { get => field ?? Synopsis; init => field = value; }

    /// <summary>The section of the manual with its page.</summary>
    public int ManualSection { get; init; } = 8;

    /// <summary>The placeholders of its operands; none if it takes none.</summary>
    public string[] Operands { get; init; } = ["file"];

    /// <summary>Shows its help. Of every program that has no option of that name itself.</summary>
    public static CommandOption Help { get; } = new ProgramOption('\x1e', "help", summary: "Shows its usage and options.");

    /// <summary>Shows its version. Of every program that has no option of that name itself.</summary>
    public static CommandOption Version { get; } = new ProgramOption('\x1f', "version", summary: "Shows the version of Sharptables.");

    /// <summary>Its options, in the order in which they are shown; with <see cref="Help"/> and <see cref="Version"/>, if it has none such.</summary>
    public CommandOption[] Options
    {
        get;
        init => field = [.. value, .. Array.FindAll([Help, Version], standard => !Array.Exists(value, option => option.Name == standard.Name))];
    } = [Help, Version];

    /// <summary>The extensions whose options it also takes, once they are named, or null.</summary>
    public ExtensionSet? Extensions { get; init; }

    /// <summary>Its commands, if its first operand is one; each is named like the program, with a dash and the command.</summary>
    public ProgramDescription[] Commands { get; init; } = [];

    /// <summary>Its exit statuses, with paragraphs as in <see cref="Description"/>.</summary>
    public string ExitStatus { get; init; } = "0 on success; anything else is a failure, with the reason on standard error.";

    /// <summary>The files that it reads or writes, and what each is.</summary>
    public (string Path, string What)[] Files { get; init; } = [];

    /// <summary>Further sections, before the examples.</summary>
    public ProgramSection[] Sections { get; init; } = [];

    /// <summary>Examples; a test runs each.</summary>
    public ProgramExample[] Examples { get; init; } = [];

    /// <summary>Related pages: <c>iptables(8)</c>.</summary>
    public string[] SeeAlso { get; init; } = [];
}
