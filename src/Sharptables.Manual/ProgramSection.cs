namespace Sharptables.Manual;

/// <summary>An additional section of a manual page.</summary>
/// <param name="Heading">The heading, in capitals.</param>
/// <param name="Text">Paragraphs, separated by empty lines; a line with four leading blanks is literal.</param>
internal readonly record struct ProgramSection(string Heading, string Text);
