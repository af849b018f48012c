namespace Sharptables.SystemTests.Programs;

/// <summary>The same over nf_tables.</summary>
public sealed class ApplyFileOverNftTests : ApplyFileTests
{
    /// <inheritdoc/>
    protected override string Through => "nft";
}
