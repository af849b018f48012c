using Sharptables.Model;
using Sharptables.Testing;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>A rule that iptables 1.8.10 has put into the kernel, where <c>SHARED</c> has them (<c>conformance/nft-expressions.txt</c>).</summary>
/// <param name="Family">The family.</param>
/// <param name="Table">The table.</param>
/// <param name="Rule">The rule as it was given.</param>
/// <param name="Saved">How 1.8.10 saved it.</param>
/// <param name="Lines">Its expressions.</param>
internal sealed record KnownExpressions(Family Family, string Table, string Rule, string Saved, IReadOnlyList<string> Lines)
{
    /// <summary>Those of all families.</summary>
    public static IReadOnlyList<KnownExpressions> All { get; } = [.. Read()];

    private static IEnumerable<KnownExpressions> Read()
    {
        string file = Path.Combine(Workspace.Shared ?? "/nowhere", "conformance/nft-expressions.txt");
        Family? family = null;
        string rule = "", table = "", saved = "";
        List<string> lines = [];
        foreach (string line in File.Exists(file) ? File.ReadLines(file).Append("-t end -A end ") : [])
        {
            if (line.StartsWith("  [", StringComparison.Ordinal))
            {
                lines.Add(line);
            }
            else if (line.StartsWith("    saved: ", StringComparison.Ordinal) || line.StartsWith("  saved: ", StringComparison.Ordinal))
            {
                saved = line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal) || line.StartsWith("-t ", StringComparison.Ordinal))
            {
                if (family is not null && lines.Count > 0 && !lines.Exists(static line => line.Contains("lookup", StringComparison.Ordinal)))
                {
                    yield return new(family, table, rule, saved, lines);
                }

                lines = [];
                if (line[0] == '#')
                {
                    family = line.Split(' ')[^1] switch { "ip" => Family.IPv4, "ip6" => Family.IPv6, "arp" => Family.Arp, "bridge" => Family.Bridge, _ => null };
                    continue;
                }

                string[] words = line.Split(' ', 5);
                (table, rule) = (words[1], words.Length > 4 ? words[4] : "");
                saved = rule;
            }
        }
    }
}
