namespace Sharptables.Diagnosis;

/// <summary>An observation about a machine.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Topic">The heading of the report that it belongs under.</param>
/// <param name="Text">A sentence without a period.</param>
/// <param name="Advice">What to do about it, in words, or null.</param>
/// <param name="Remedy">The command that does it, as typed to a shell, or null.</param>
internal sealed record Observation(Severity Severity, string Topic, string Text, string? Advice = null, string? Remedy = null);
