namespace Sharptables.Manual;

/// <summary>What stands at the foot of every manual page.</summary>
/// <param name="Version">The version of Sharptables.</param>
/// <param name="Date">The day of that version, as <c>2026-11-22</c>.</param>
internal readonly record struct ManualEdition(string Version, string Date);
