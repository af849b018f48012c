using System.Globalization;
using System.Text.RegularExpressions;
using Sharptables.Testing;

namespace Sharptables.Tests.Extensions;

/// <summary>The members of a C struct at every depth, as the debug information that gcc writes for it has them.</summary>
internal sealed partial class CStruct
{
    // Where a C# struct may name the elements of a short array one by one.
    private const int LongestSplitArray = 64;

    private readonly Dictionary<long, Entry> _entries = [];

    private CStruct(string debugInformation)
    {
        Stack<Entry> open = [];
        Entry? current = null;
        foreach (string line in debugInformation.Split('\n'))
        {
            if (EntryPattern().Match(line) is { Success: true } start)
            {
                int depth = int.Parse(start.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
                while (open.Count > depth)
                {
                    open.Pop();
                }

                current = new Entry(start.Groups[3].Value);
                if (open.TryPeek(out Entry? parent))
                {
                    parent.Children.Add(current);
                }

                open.Push(current);
                _entries[long.Parse(start.Groups[2].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)] = current;
            }
            else if (AttributePattern().Match(line) is { Success: true } attribute)
            {
                current?.Attributes.TryAdd(attribute.Groups[1].Value, IndirectPattern().Replace(attribute.Groups[2].Value, "").Trim());
            }
        }

        Entry probe = _entries.Values.Single(static e => e is { Tag: "variable" } && e.Attributes.GetValueOrDefault("name") == "probe");
        Size = SizeOf(TypeOf(probe));
        Starts.Add(0);
        Ends.Add(Size);
        Collect(TypeOf(probe), "", 0);
    }

    public int Size { get; }

    /// <summary>Offset and size by how C reaches the member, such as <c>u.nth.every</c>.</summary>
    public Dictionary<string, (int Offset, int Size)> Members { get; } = [];

    /// <summary>Where a member, or an element of a short array, begins.</summary>
    public HashSet<int> Starts { get; } = [];

    /// <summary>Where one ends; where the padding after it ends, too.</summary>
    public HashSet<int> Ends { get; } = [];

    public static CStruct Read(string name, string header)
    {
        string folder = Directory.CreateTempSubdirectory("sharptables-layout-").FullName;
        try
        {
            string source = Path.Combine(folder, "layout.c");
            File.WriteAllText(
                source,
                "#include <limits.h>\n#include <stddef.h>\n#include <netinet/in.h>\n#include <net/if.h>\n"
                + $"#include <{header}>\n{name} probe;\n");
            Run("gcc", "-g", "-gdwarf-4", "-c", "-o", source + ".o", source);
            return new CStruct(Run("readelf", "--debug-dump=info", source + ".o"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Collect(Entry type, string path, int at)
    {
        foreach (Entry member in type.Children.Where(static c => c.Tag == "member"))
        {
            Entry of = TypeOf(member);
            int offset = at + member.Number("data_member_location");
            string name = member.Attributes.GetValueOrDefault("name") ?? "";
            string full = path.Length > 0 && name.Length > 0 ? $"{path}.{name}" : path + name;
            int size = SizeOf(of);
            Starts.Add(offset);
            Ends.Add(offset);
            Ends.Add(offset + size);
            if (name.Length > 0)
            {
                Members.TryAdd(full, (offset, size));
            }

            if (of.Tag == "array_type" && size > 0)
            {
                int element = SizeOf(TypeOf(of));
                for (int i = 0; i < size / element && i < LongestSplitArray; i++)
                {
                    Starts.Add(offset + i * element);
                    Ends.Add(offset + (i + 1) * element);
                    Collect(TypeOf(of), $"{full}[{i}]", offset + i * element);
                }
            }
            else
            {
                Collect(of, full, offset);
            }
        }
    }

    /// <summary>The type of an entry, through typedefs and const.</summary>
    private Entry TypeOf(Entry entry)
    {
        string reference = entry.Attributes["type"].Trim('<', '>');
        Entry type = _entries[long.Parse(reference.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)];
        return type.Tag is "typedef" or "const_type" or "volatile_type" ? TypeOf(type) : type;
    }

    private int SizeOf(Entry type)
    {
        if (type.Tag != "array_type")
        {
            return type.Number("byte_size");
        }

        int size = SizeOf(TypeOf(type));
        foreach (Entry range in type.Children.Where(static c => c.Tag == "subrange_type"))
        {
            size *= range.Attributes.ContainsKey("upper_bound") ? range.Number("upper_bound") + 1 : range.Number("count");
        }

        return size;
    }

    private static string Run(string program, params string[] arguments)
    {
        CommandResult result = new Command(program, arguments).Run();
        return result.ExitStatus == 0 ? result.Stdout : throw new InvalidOperationException($"{program} failed:\n{result.Stderr}");
    }

    [GeneratedRegex(@"^ *<(\d+)><([0-9a-f]+)>: Abbrev Number: \d+ \(DW_TAG_(\w+)\)")]
    private static partial Regex EntryPattern();

    [GeneratedRegex(@"^ *<[0-9a-f]+> +DW_AT_(\w+) *: (.*)$")]
    private static partial Regex AttributePattern();

    [GeneratedRegex(@"^\(.*?\): ")]
    private static partial Regex IndirectPattern();

    private sealed class Entry(string tag)
    {
        public string Tag { get; } = tag;

        public Dictionary<string, string> Attributes { get; } = [];

        public List<Entry> Children { get; } = [];

        public int Number(string attribute) =>
            Attributes.TryGetValue(attribute, out string? text) ? int.Parse(text.Split(' ', '\t')[0], CultureInfo.InvariantCulture) : 0;
    }
}
