using System.Text.RegularExpressions;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.Tests.Docs;

/// <summary>The map in ARCHITECTURE.md is true: which rooms there are, and which of them each may know.</summary>
public sealed partial class MapTests
{
    private static readonly Room[] s_rooms =
        [.. File.ReadLines(Workspace.PathOf("ARCHITECTURE.md")).Select(static line => RowPattern().Match(line)).Where(static row => row.Success)
            .Select(static row => new Room(
                row.Groups["folder"].Value,
                [.. row.Groups["uses"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]))];

    private static readonly string[] s_files =
        [.. Directory.GetFiles(Workspace.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Workspace.Repository, file)).Where(static file => !file.Contains("/obj/", StringComparison.Ordinal))];

    private static readonly HashSet<string> s_types = [.. s_files.Select(static file => $"{RoomOf(file)?.Namespace}.{Path.GetFileName(file).Split('.')[0]}")];

    [Fact]
    public void Every_source_file_is_in_a_room()
    {
        Assert.NotEmpty(s_files);
        Assert.All(s_files, static file => Assert.True(RoomOf(file) is not null, $"{file} is in no room of ARCHITECTURE.md"));
        Assert.All(s_rooms, static room => Assert.True(s_files.Any(file => RoomOf(file) == room), $"{room.Folder} is empty"));
    }

    /// <summary>So there can be no cycle.</summary>
    [Fact]
    public void A_room_knows_only_rooms_above_it() => Assert.All(s_rooms, static room =>
    {
        string[] above = [.. s_rooms.TakeWhile(other => other != room).Select(static other => other.Name)];
        Assert.All(room.Uses, name => Assert.Contains(name, above));
        Assert.All(s_rooms.Where(room.IsIn), outer => Assert.Contains(outer.Name, above));
    });

    [Fact]
    public void A_file_knows_only_what_its_room_may()
    {
        List<string> wrong = [];
        foreach (string file in s_files)
        {
            Room room = RoomOf(file)!;
            string text = File.ReadAllText(Workspace.PathOf(file));
            wrong.AddRange(Known(text).Where(other => other != room && !room.IsIn(other) && !room.Uses.Contains(other.Name)).Distinct().Select(other => $"{file} knows {other.Name}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>The table allows no more than is needed: else it would not catch a new arrow.</summary>
    [Fact]
    public void Every_arrow_of_the_map_is_there()
    {
        foreach (Room room in s_rooms)
        {
            HashSet<string> known =
                [.. s_files.Where(file => RoomOf(file) == room).SelectMany(static file => Known(File.ReadAllText(Workspace.PathOf(file)))).Select(static other => other.Name)];
            Assert.Equal([], room.Uses.Except(known).Select(name => $"{room.Name} need not know {name}"));
        }
    }

    [Theory]
    [InlineData("using Sharptables.Formats.Iptables;")]
    [InlineData("new Sharptables.Formats.Iptables.CommandLine(extensions)")]
    [InlineData("new Formats.Iptables.CommandLine(extensions)")]
    [InlineData("new Iptables.CommandLine(extensions)")]
    public void A_room_is_seen_however_much_of_its_name_is_written(string text) =>
        Assert.Equal("Formats/Iptables", Assert.Single(Known(text)).Name);

    [Fact]
    public void Namespaces_follow_rooms() => Assert.All(s_files, static file => Assert.All(
        NamespaceLine().Matches(File.ReadAllText(Workspace.PathOf(file))), line => Assert.Equal(RoomOf(file)!.Namespace, line.Groups[1].Value)));

    /// <summary>The rooms that a text names: in using lines, by full names, and by names that begin with a room's last parts.</summary>
    private static IEnumerable<Room> Known(string text)
    {
        foreach (Match name in FullName().Matches(text))
        {
            if (s_rooms.Where(room => (name.Value + ".").StartsWith(room.Namespace + ".", StringComparison.Ordinal)).MaxBy(static room => room.Namespace.Length) is { } room)
            {
                yield return room;
            }
        }

        foreach (Match name in PartName().Matches(text))
        {
            string[] parts = name.Value.Split('.');
            for (int type = 1; type < parts.Length; type++)
            {
                string end = "." + string.Join('.', parts[..type]);
                foreach (Room room in s_rooms.Where(room => room.Namespace.EndsWith(end, StringComparison.Ordinal)))
                {
                    if (s_types.Contains($"{room.Namespace}.{parts[type]}"))
                    {
                        yield return room;
                    }
                }
            }
        }
    }

    private static Room? RoomOf(string file) =>
        s_rooms.Where(room => file.StartsWith(room.Folder, StringComparison.Ordinal)).MaxBy(static room => room.Folder.Length);

    /// <summary>A row of the table.</summary>
    /// <param name="Folder">Where its files are, with a slash at the end.</param>
    /// <param name="Uses">The rooms that it may know, by their names.</param>
    private sealed record Room(string Folder, string[] Uses)
    {
        public string Name { get; } = Folder == "src/Sharptables/" ? "Sharptables"
            : Folder.TrimEnd('/').Replace("src/Sharptables/", "", StringComparison.Ordinal).Replace("src/", "", StringComparison.Ordinal)
                .Replace("Sharptables.", "", StringComparison.Ordinal);

        public string Namespace { get; } = Folder == "src/xtables-multi/" ? "Sharptables.Programs"
            : Folder == "src/Sharptables.Library/" ? "Sharptables"
            : Folder.Replace("src/", "", StringComparison.Ordinal).TrimEnd('/').Replace('/', '.');

        /// <summary>Whether it is a room within another, whose names it sees without a using line.</summary>
        public bool IsIn(Room other) => this != other && Folder.StartsWith(other.Folder, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| `(?<folder>src/[^`]*/)` \|.*\|(?<uses>[^|]*)\|$")]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"\bSharptables(?:\.[A-Z]\w*)+")]
    private static partial Regex FullName();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*(?:\.[A-Z]\w*)+")]
    private static partial Regex PartName();
}
