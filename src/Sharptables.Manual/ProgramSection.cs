namespace Sharptables.Manual;

/// <summary>A section of a manual page beside the usual ones.</summary>
/// <param name="Heading">Its heading, in capitals.</param>
/// <param name="Text">Its paragraphs, with an empty line between; a line that begins with four blanks is shown as it is.</param>
internal readonly record struct ProgramSection(string Heading, string Text);
