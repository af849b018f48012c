namespace Sharptables.Diagnosis;

/// <summary>What was found out about a machine.</summary>
/// <param name="Severity">What it means.</param>
/// <param name="Topic">What it is about: a word of those in which a report is divided.</param>
/// <param name="Text">What is so, in a sentence without a period.</param>
/// <param name="Advice">What to do about it, or null.</param>
internal sealed record Observation(Severity Severity, string Topic, string Text, string? Advice = null);
