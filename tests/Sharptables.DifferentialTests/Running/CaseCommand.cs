namespace Sharptables.DifferentialTests.Running;

/// <summary>One shell line of a case, its stdin, and what is expected of ours where it is meant to differ from the reference.</summary>
public sealed class CaseCommand(string line, int lineNumber)
{
    public string Line { get; } = line;

    public int LineNumber { get; } = lineNumber;

    public string Stdin { get; set; } = "";

    /// <summary>Why ours differs, null where it must not.</summary>
    public string? Differs { get; set; }

    /// <summary>Why ours does otherwise over nf_tables, where what it prints is not compared; null where it is.</summary>
    public string? Nft { get; set; }

    /// <summary>The whole stdout expected of ours; null: as the reference.</summary>
    public string? Stdout { get; set; }

    /// <summary>The first line of stderr expected of ours; null: as the reference.</summary>
    public string? FirstError { get; set; }

    /// <summary>The exit status expected of ours; null: as the reference.</summary>
    public int? ExitStatus { get; set; }

    /// <summary>Lines that ours' save, of either family, must hold after this command.</summary>
    public List<string> Saved { get; } = [];
}
