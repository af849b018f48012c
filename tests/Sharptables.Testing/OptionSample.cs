namespace Sharptables.Testing;

/// <summary>An option of an extension with values to give it, as a shell reads them.</summary>
public sealed record OptionSample(
    string Name,
    string? Family,
    bool IsInvertible,
    bool IsOnlyAsWritten,
    bool IsUsual,
    Company Company,
    IReadOnlyList<string> Good,
    IReadOnlyList<string> Bad);
