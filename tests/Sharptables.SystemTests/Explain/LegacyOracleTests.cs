using Xunit.Abstractions;

namespace Sharptables.SystemTests.Explain;

/// <summary>IPv4 through ip_tables.</summary>
public sealed class LegacyOracleTests(ITestOutputHelper output) : OracleTests(output, v6: false, overNft: false);
