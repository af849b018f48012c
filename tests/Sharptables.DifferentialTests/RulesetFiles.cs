using System.Text;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;

namespace Sharptables.DifferentialTests;

/// <summary>The rulesets to load: our own (<c>tests/rulesets</c>) and, when <c>SHARED</c> names them, those of real machines.</summary>
public static class RulesetFiles
{
    /// <summary>By a short name; its ending is that of the family, as in <c>NAME.v6.rules</c>.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Find("");

    /// <summary>Those that the original refuses.</summary>
    public static IReadOnlyDictionary<string, string> Refused { get; } = Find("refused");

    public static string Family(string name) => name.EndsWith(".v6.rules", StringComparison.Ordinal) ? "ip6tables" : "iptables";

    public static string Text(string path) => File.ReadAllText(path, Encoding.Latin1);

    private static Dictionary<string, string> Find(string folder)
    {
        IEnumerable<(string Label, string Folder)> places = [("own", Workspace.PathOf("tests", "rulesets", folder))];
        if (Workspace.Shared is { } shared)
        {
            places = places.Append(("shared", Path.Combine(shared, "rulesets", folder)));
        }

        return places.SelectMany(static p => Directory.GetFiles(p.Folder, "*.rules")
                .Select(f => (Name: $"{p.Label}/{Path.GetFileName(f)}", Path: f)))
            .OrderBy(static f => f.Name, StringComparer.Ordinal)
            .ToDictionary(static f => f.Name, static f => f.Path);
    }
}
