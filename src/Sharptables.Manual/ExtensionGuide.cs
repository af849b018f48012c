using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;

namespace Sharptables.Manual;

/// <summary>
/// What users need to know of an extension beyond its declaration: the <c>.manual</c> beside it. It has paragraphs about the extension in the form
/// of <see cref="ProgramDescription.Description"/>; then, behind a line <c>--option</c>, what is to be said of that option beyond its summary;
/// then examples, each a sentence and lines that begin with <c>#</c> and a blank, as root types them. A test runs each example.
/// </summary>
internal sealed class ExtensionGuide
{
    private readonly Dictionary<string, string> _options = [];

    private ExtensionGuide(string text)
    {
        string? option = null;
        foreach (string block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] lines = block.Trim('\n').Split('\n');
            int typed = Array.FindIndex(lines, static line => line.StartsWith("# ", StringComparison.Ordinal));
            if (typed >= 0)
            {
                string command = string.Join('\n', Array.ConvertAll(lines[typed..], static line => line[2..]));
                Examples = [.. Examples, new ProgramExample(string.Join(' ', lines[..typed]), command)];
            }
            else if (lines[0].StartsWith("--", StringComparison.Ordinal) && !lines[0].Contains(' ', StringComparison.Ordinal))
            {
                option = lines[0][2..];
                _options.Add(option, string.Join('\n', lines[1..]));
            }
            else if (option is null)
            {
                About += $"\n\n{block}";
            }
            else
            {
                _options[option] += $"\n\n{block}";
            }
        }
    }

    /// <summary>Paragraphs about the extension; may be empty.</summary>
    public string About { get; } = "";

    /// <summary>The options of which more is said than their summary.</summary>
    public IReadOnlyCollection<string> Options => _options.Keys;

    public ProgramExample[] Examples { get; } = [];

    /// <summary>Reads that of an extension.</summary>
    public static ExtensionGuide Of(Extension extension) =>
        new(Encoding.UTF8.GetString(ExtensionGuideFiles.Named(extension.GetType().Name.Split('`')[0])));

    /// <summary>What is to be said of an option, or nothing: sentences that go on from its summary, and what stands below.</summary>
    public (string First, string Below) AboutOption(string name)
    {
        string text = _options.GetValueOrDefault(name, "");
        int end = text.IndexOf("\n\n", StringComparison.Ordinal);
        string first = end < 0 ? text : text[..end];
        return first.Contains("\n  ", StringComparison.Ordinal) ? ("", text) : (first, text[first.Length..]); // a list is no sentence
    }
}
