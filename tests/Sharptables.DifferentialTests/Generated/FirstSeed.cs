using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;

namespace Sharptables.DifferentialTests.Generated;

/// <summary>Where seeds begin: at <c>FUZZ_SEED</c>, else at 1, or anywhere when the run is one of <c>FUZZ_SECONDS</c>.</summary>
internal static class FirstSeed
{
    public static int Value { get; } =
        Workspace.Setting("FUZZ_SEED", Workspace.Setting("FUZZ_SECONDS", 0) > 0 ? Random.Shared.Next(1, 1_000_000_000) : 1);
}
