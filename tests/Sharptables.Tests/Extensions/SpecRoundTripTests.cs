using System.Text;
using Sharptables.Extensions;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Testing;
using Sharptables.Tests.Formats.Iptables;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Extensions;

/// <summary>
/// Every rule of every <c>.spec</c>, without a kernel: what is typed is saved as written there, and what is saved makes the same rule, byte
/// for byte. What is refused by the command line is refused with the message that is written.
/// </summary>
public sealed class SpecRoundTripTests
{
    /// <summary>How a refusal ends that is the kernel's: which sets and programs there are.</summary>
    private static readonly string[] s_kernelSays = [" doesn't exist.", ", which is not applicable.", ": failed to get bpf object"];

    /// <summary>
    /// Where two ways to type one rule leave other bytes, as with the C original, in fields that have no meaning there. What is saved must
    /// make the same bytes at the second time, and each of these must still be needed. A single line of a spec says
    /// <c>unlike: the reason</c> beneath it.
    /// </summary>
    private static readonly Dictionary<string, string> s_unlike = new()
    {
        ["ConnLimit"] = "the whole mask of an IPv4 address is 16 bytes of ones when none is given, 4 when it is",
        ["Conntrack"] = "the same, of an address with a mask and one without",
        ["ConnMarkTarget"] = "the masks of CONNMARK and how they are combined are saved as what comes out of them",
        ["Ct"] = "the directions of a zone, of which the later one holds",
        ["Frag"] = "the flag that an identification was given, when it is any",
        ["HashLimit"] = "the interval of a rate that is not matched over one",
        ["HMark"] = "the whole mask of an IPv4 address is 16 bytes of ones from --hmark-tuple, 4 from a length",
        ["Recent"] = "a mask is the whole of 16 bytes when none is given, 4 when it is",
        ["Rt"] = "the flag that the segments left were given, when they are any",
        ["Sctp"] = "the flags of chunks, which are in the order in which they were typed",
    };

    private static readonly HashSet<string> s_seenUnlike = [];

    public static IEnumerable<object[]> Specs => SpecFile.Cases.Select(static c => c.File).Distinct().Select(static f => new object[] { f });

    [Theory]
    [MemberData(nameof(Specs))]
    public void What_is_saved_makes_the_same_rule(string spec)
    {
        List<string> wrong = [];
        foreach (SpecCase each in SpecFile.Cases.Where(c => c.File == spec && c.IsWellFormed && !IsSkipped(c)))
        {
            try
            {
                if (Difference(each) is { } difference)
                {
                    wrong.Add($"{each}\n    {difference}");
                }
            }
            catch (Exception e)
            {
                wrong.Add($"{each}\n    {e}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join("\n", wrong)}");
        Assert.Equal(s_unlike.ContainsKey(spec), s_seenUnlike.Contains(spec));
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void What_makes_no_sense_is_refused_with_the_message_that_is_written(string spec)
    {
        List<string> wrong = [];
        foreach (SpecCase each in SpecFile.Cases.Where(
            c => c.File == spec && !c.IsWellFormed && !IsSkipped(c) && c.Known.GetValueOrDefault("exit") == "2" && c.Known.TryGetValue("error", out string? error)
                && !s_kernelSays.Any(end => error.EndsWith(end, StringComparison.Ordinal))))
        {
            using TableUnderTest test = new(each.Table, each.IsIPv6 ? Family.IPv6 : Family.IPv4);
            string said = "(taken)";
            try
            {
                test.Run(["-A", each.Chain, .. each.Words()!]);
            }
            catch (UsageException e)
            {
                said = test.Warnings.Append(e.Message).First().Split('\n')[0];
            }

            // Behind a warning that the kernel does not have it, which no kernel gives here.
            string written = each.Known.GetValueOrDefault("then") ?? each.Known["error"];
            if (said != Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(written)) && said != written)
            {
                wrong.Add($"{each}\n    written: {written}\n    is:      {said}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join("\n", wrong)}");
    }

    [Fact]
    public void Few_lines_are_left_out()
    {
        int skipped = SpecFile.Cases.Count(IsSkipped);
        Assert.InRange(skipped, 0, SpecFile.Cases.Count / 10);
        Assert.True(SpecFile.Cases.Count > 4000, $"only {SpecFile.Cases.Count} lines");
    }

    private static bool IsSkipped(SpecCase each) => each.Words() is null;

    private static string? Difference(SpecCase each)
    {
        Family family = each.IsIPv6 ? Family.IPv6 : Family.IPv4;
        using TableUnderTest typed = new(each.Table, family);
        typed.Run(["-A", each.Chain, .. each.Words()!]);
        Chain chain = typed.Table.Get(Encoding.ASCII.GetBytes(each.Chain));
        string[] saved = typed.Rules(chain);
        string expected = $"-A {each.Chain} {each.Saved}".TrimEnd();
        if (saved.Length == 0 || saved[0] != expected)
        {
            return $"written: {expected}\n    saved:   {string.Join(" | ", saved)}";
        }

        if (each.Known.TryGetValue("bytes", out string? bytes) && RecordDifference(typed, chain, bytes, each.Known["list"]) is { } difference)
        {
            return difference;
        }

        List<string> first = Hex(typed, each);
        using TableUnderTest again = Restored(typed, each, family);
        List<string> second = Hex(again, each);
        if (first.SequenceEqual(second))
        {
            return each.Known.ContainsKey("unlike") ? "the bytes are alike, although it says that they are not" : null;
        }

        if (s_unlike.ContainsKey(each.File) || each.Known.ContainsKey("unlike"))
        {
            using TableUnderTest once = Restored(again, each, family);
            first = Hex(once, each);
            if (s_unlike.ContainsKey(each.File))
            {
                s_seenUnlike.Add(each.File);
            }
        }

        return first.SequenceEqual(second) ? null : $"other bytes:\n    {string.Join("\n    ", first)}\n    {string.Join("\n    ", second)}";
    }

    /// <summary>
    /// For what no kernel here takes: the last payload of the rule, and how a listing has it, against what the C original made of it
    /// before a kernel that takes everything.
    /// </summary>
    private static string? RecordDifference(TableUnderTest test, Chain chain, string bytes, string list)
    {
        foreach (Rule rule in test.Table.Rules(chain))
        {
            ExtensionRecord record = rule.Target;
            bool isTarget = !record.Name.IsEmpty;
            foreach (ExtensionRecord match in rule)
            {
                record = isTarget ? record : match;
            }

            string payload = Convert.ToHexStringLower(record.Payload);
            if (payload != bytes)
            {
                return $"other payload:\n    {bytes}\n    {payload}";
            }

            Output listing = new(descriptor: -1);
            Extension extension = test.Extensions.Find(record, isTarget, new byte[512], out ReadOnlySpan<byte> newest)!;
            extension.List(newest, listing, new Format(rule.Family, SystemNames.Instance, rule.Protocol, IsNumeric: true, IsListing: true));
            string listed = Encoding.Latin1.GetString(listing.Written);
            if (listed != $" {list.Trim('"')}" && listed != $" {list}")
            {
                return $"listed otherwise:\n     {list}\n    {listed}";
            }
        }

        return null;
    }

    private static List<string> Hex(TableUnderTest test, SpecCase each) =>
        [.. test.Bytes(test.Table.Get(Encoding.ASCII.GetBytes(each.Chain))).Select(Convert.ToHexString)];

    private static TableUnderTest Restored(TableUnderTest from, SpecCase each, Family family)
    {
        TableUnderTest again = new(each.Table, family, names: from.Extensions.Names);
        foreach (string line in from.Rules())
        {
            Words words = new();
            RestoreWords.Split(Encoding.Latin1.GetBytes(line), words);
            again.Run(words);
        }

        return again;
    }
}
