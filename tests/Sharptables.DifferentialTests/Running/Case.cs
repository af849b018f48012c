namespace Sharptables.DifferentialTests.Running;

/// <summary>A named row of commands, run in one fresh namespace a side.</summary>
public sealed record Case(string File, string Name, IReadOnlyList<CaseCommand> Commands)
{
    /// <summary>Whether its programs use nf_tables only.</summary>
    public bool IsOnlyOverNft => File is "arptables" or "ebtables";
}
