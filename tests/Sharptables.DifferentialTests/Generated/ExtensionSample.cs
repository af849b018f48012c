namespace Sharptables.DifferentialTests.Generated;

/// <summary>A match or target to compose rules with: where it may stand, what it needs, and its options.</summary>
internal sealed record ExtensionSample(
    string Name,
    bool IsTarget,
    IReadOnlyList<string> Families,
    IReadOnlyList<string>? Tables,
    IReadOnlyList<string>? Chains,
    IReadOnlyList<string> With,
    List<string> Before,
    List<OptionSample> Options);
