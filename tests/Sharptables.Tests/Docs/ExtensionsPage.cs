using System.Reflection;
using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Testing;

namespace Sharptables.Tests.Docs;

/// <summary>
/// Makes docs/extensions.md from the extensions' declarations, their <c>.spec</c> files, and what the tests say they show: the system
/// tests by <c>[Shows]</c>, those on other kernels by a comment.
/// </summary>
internal static partial class ExtensionsPage
{
    private const string Head = """
        # Every match and target

        Made from the source by a test (`UPDATE_DOCS=1 dotnet test tests/Sharptables.Tests --filter FullyQualifiedName~ExtensionsPage`).

        An empty field is "any". *Revisions* are those of the kernel's struct that Sharptables reads and writes, the newest first; the
        kernel is asked which it has. *Rules* counts the cases of the `.spec` file, one for each family: text, saved form, listing and bytes,
        each beside the C program. *Shown with packets* is what the system tests see the kernel do, for some on Debian's kernels under QEMU.
        *Explained* is whether `sharptables explain` knows what it does with a packet of IP of which all is known, or what else that may depend on.


        """;

    /// <summary>The oldest kernel that anything is tried on.</summary>
    private static readonly (int Major, int Minor) s_oldest = (5, 10);

    private const string TakenAndLeft = "a packet taken, a packet left";

    /// <summary>What tests say that they show of an extension's packets, by <c>-m name</c> or <c>-j name</c>.</summary>
    private static readonly ILookup<string, string> s_shown = Directory
        .GetFiles(Workspace.PathOf("tests", "Sharptables.SystemTests"), "*.cs", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Append(Workspace.PathOf("tests", "kernels", "guest"))
        .SelectMany(static file => ShowsPattern().Matches(File.ReadAllText(file)))
        .ToLookup(
            static found => found.Groups[1].Value,
            static found => found.Groups[2].Value + found.Groups[3].Value is { Length: > 0 } what ? what : TakenAndLeft,
            StringComparer.Ordinal);

    /// <summary>Whose <c>.spec</c> has packets, which a system test sends.</summary>
    private static readonly HashSet<string> s_withPackets = [.. SpecFile.Cases.Where(static c => c.Packets.Count > 0).Select(static c => c.File)];

    /// <summary>The extensions that no test shows, though a kernel has them.</summary>
    public static IEnumerable<string> NotShown => All.Where(static e => Shown(e.Name, OfFamilies(e.Entry)[0]).Length == 0).Select(static e => e.Name);

    /// <summary>What is marked as shown but is no extension.</summary>
    public static IEnumerable<string> Unknown => s_shown.Select(static shown => shown.Key).Except(All.Select(static e => e.Name));

    private static IEnumerable<(string Name, ExtensionEntry Entry)> All =>
        ExtensionList.Matches.ToArray().Select(static match => ($"-m {match.Name}", match))
            .Concat(ExtensionList.Targets.ToArray().Select(static target => ($"-j {target.Name}", target)));

    /// <summary>The page.</summary>
    public static string Text()
    {
        StringBuilder page = new(Head);
        WriteTable("Matches", "-m", ExtensionList.Matches, page);
        page.Append('\n');
        WriteTable("Targets", "-j", ExtensionList.Targets, page);
        return page.ToString();
    }

    private static void WriteTable(string heading, string letter, ReadOnlySpan<ExtensionEntry> entries, StringBuilder page)
    {
        page.Append($"## {heading}\n\n| Name | Families | Tables | Hooks | Protocols | Revisions | Kernel struct | Rules | Shown with packets | Explained |\n");
        page.Append("|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (ExtensionEntry entry in entries)
        {
            WriteRow($"{letter} {entry.Name}", entry, page);
        }
    }

    private static void WriteRow(string name, ExtensionEntry entry, StringBuilder page)
    {
        Extension[] extensions = OfFamilies(entry);
        string[] cells =
        [
            $"`{entry.Name}`",
            string.Join(", ", extensions.Select(static e => e.Family.Name)).Replace("IPv4, IPv6", "both", StringComparison.Ordinal),
            EachOf(extensions, static e => string.Join(", ", e.Usage.Tables ?? [])),
            EachOf(extensions, static e => e.Usage.Hooks == Hooks.All ? "" : e.Family.NamesOf(e.Usage.Hooks)),
            EachOf(extensions, static e => string.Join(", ", (e.Usage.Protocols ?? []).Select(number => ProtocolName(number, e.Family)))),
            EachOf(extensions, static e => string.Join(", ", e.OlderLayouts.Select(static layout => layout.Revision).Prepend(e.Revision).Distinct())),
            EachOf(extensions, StructName),
            $"{SpecFile.Cases.Concat(SpecFile.FrameCases).Count(spec => extensions.Any(e => spec.File == SpecOf(e)))}",
            Shown(name, extensions[0]),
            EachOf([.. extensions.Where(static e => !e.Family.HasEtherTypes && e.Family != Family.Arp)], static e => e.DependsOn is { } what ? $"depends on {what}" : "decided"),
        ];
        page.Append($"| {string.Join(" | ", cells)} |\n".Replace("|  |", "| |", StringComparison.Ordinal).Replace("|  |", "| |", StringComparison.Ordinal));
    }

    private static Extension[] OfFamilies(ExtensionEntry entry) =>
        [.. Family.All()
            .Where(family => entry.Families.HasFlag(family.Bit))
            .Select(family => entry.Build(family))];

    private static string SpecOf(Extension extension) => extension.GetType().Name.Split('`')[0];

    private static string Shown(string name, Extension extension) =>
        s_shown.Contains(name) ? string.Join("; ", s_shown[name].Distinct())
        : s_withPackets.Contains(SpecOf(extension)) ? SpecFile.Shown.GetValueOrDefault(SpecOf(extension), TakenAndLeft)
        : extension.LeftLinux is { } left && left.CompareTo(s_oldest) < 0 ? $"*no kernel since {left.Major}.{left.Minor} has it*"
        : "";

    /// <summary>What holds for all families, or what does for each.</summary>
    private static string EachOf(Extension[] extensions, Func<Extension, string> ask)
    {
        string[] answers = [.. extensions.Select(ask).Distinct()];
        return answers.Length <= 1 ? string.Concat(answers)
            : string.Join("; ", extensions.GroupBy(ask).Select(static said => $"{string.Join(", ", said.Select(static e => e.Family.Name))}: {Said(said.Key)}"));
    }

    private static string Said(string answer) => answer.Length == 0 ? "any" : answer;

    private static string ProtocolName(ushort number, Family family) =>
        family == Family.Bridge && SystemNames.Instance.TryGetName(NameKind.EtherType, BinaryPrimitives.ReverseEndianness(number), out ReadOnlySpan<byte> type)
            ? Encoding.ASCII.GetString(type)
            : Protocols.TryGetName((uint)number, SystemNames.Instance, out ReadOnlySpan<byte> name) ? Encoding.ASCII.GetString(name) : $"{number}";

    private static string StructName(Extension extension)
    {
        Type? type = extension.GetType();
        while (type is not null && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Extension<>)))
        {
            type = type.BaseType;
        }

        return type?.GetGenericArguments()[0].GetCustomAttribute<KernelStructAttribute>() is { } kernel ? $"`{kernel.Name}`" : "none";
    }

    [GeneratedRegex("""^\s*(?:\[Shows\("|# shows )(-[mj] \w+)(?:"\)\]|", "([^"]*)"\)\]|: (.*)$)""", RegexOptions.Multiline)]
    private static partial Regex ShowsPattern();
}
