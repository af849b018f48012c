using Xunit.Abstractions;

namespace Sharptables.SystemTests.Explain;

/// <summary>IPv6 through nf_tables.</summary>
public sealed class Nft6OracleTests(ITestOutputHelper output) : OracleTests(output, v6: true, overNft: true);
