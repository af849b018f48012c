using Xunit.Abstractions;

namespace Sharptables.SystemTests.Explain;

/// <summary>IPv6 through ip6_tables.</summary>
public sealed class Legacy6OracleTests(ITestOutputHelper output) : OracleTests(output, v6: true, overNft: false);
