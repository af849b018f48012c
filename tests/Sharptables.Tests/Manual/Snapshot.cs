using Sharptables.Testing;
using Xunit;

namespace Sharptables.Tests.Manual;

/// <summary>A text as it was last reviewed and accepted: a file in Snapshots.</summary>
internal static class Snapshot
{
    /// <summary>The command that accepts the present text.</summary>
    private const string Accept = "UPDATE_DOCS=1 dotnet test tests/Sharptables.Tests --filter FullyQualifiedName~Snapshot";

    private static string Folder => Workspace.PathOf("tests", "Sharptables.Tests", "Manual", "Snapshots");

    private static bool IsAccepting => Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    /// <summary>Compares a text with the accepted one.</summary>
    public static void Matches(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        if (IsAccepting)
        {
            File.WriteAllText(path, text);
        }

        string good = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(good == text, $"{path} is not what is made now: {Difference(good, text)}\nIf it is right as it is now: {Accept}");
    }

    /// <summary>Fails if a file of a text is left that is no longer made.</summary>
    public static void AreAll(string pattern, IEnumerable<string> names)
    {
        HashSet<string> made = [.. names];
        string[] stale = [.. Directory.GetFiles(Folder, pattern).Where(file => !made.Contains(Path.GetFileName(file)))];
        if (IsAccepting)
        {
            Array.ForEach(stale, File.Delete);
        }
        else
        {
            Assert.True(stale.Length == 0, $"{string.Join(", ", stale)}: of something that is no longer there. To delete them: {Accept}");
        }
    }

    private static string Difference(string good, string text)
    {
        string[] before = good.Split('\n');
        string[] after = text.Split('\n');
        int line = 0;
        while (line < before.Length && line < after.Length && before[line] == after[line])
        {
            line++;
        }

        return $"line {line + 1} was \"{before.ElementAtOrDefault(line)}\" and is \"{after.ElementAtOrDefault(line)}\"";
    }
}
