namespace Sharptables.Manual;

/// <summary>The footer of every manual page.</summary>
/// <param name="Version">The version of Sharptables.</param>
/// <param name="Date">The date of that version: <c>2026-11-22</c>.</param>
internal readonly record struct ManualEdition(string Version, string Date);
