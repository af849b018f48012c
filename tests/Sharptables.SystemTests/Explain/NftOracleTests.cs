using Xunit.Abstractions;

namespace Sharptables.SystemTests.Explain;

/// <summary>IPv4 through nf_tables.</summary>
public sealed class NftOracleTests(ITestOutputHelper output) : OracleTests(output, v6: false, overNft: true);
