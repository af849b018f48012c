using System.Buffers.Binary;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Testing;
using Sharptables.Tests.Backends.Legacy;
using Sharptables.Tests.Formats.Iptables;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Extensions;

/// <summary>What a kernel holds in an older revision is shown as what it means, and what that revision cannot hold is refused.</summary>
public sealed class OlderLayoutTests
{
    /// <summary>Only a kernel knows their values by name: their bytes are tested below.</summary>
    private static readonly string[] s_needKernel = ["set", "SET"];

    public static IEnumerable<object[]> Rows => AllRows.Where(static r => !s_needKernel.Contains(r[1]));

    private static IEnumerable<object[]> AllRows =>
        from row in ExtensionListTests.Rows
        from older in Built((string)row[0], (string)row[1], Family.Named((string)row[2])).OlderLayouts
        select new[] { row[0], row[1], row[2], older.Revision };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_rule_of_the_spec_reads_the_same_from_it_or_is_refused(string kind, string name, string familyName, byte revision)
    {
        Family family = Family.Named(familyName);
        Extension extension = Built(kind, name, family);
        OlderLayout older = extension.OlderLayouts.Single(o => o.Revision == revision);
        List<string> wrong = [];
        int said = 0;
        foreach (SpecCase each in CasesOf(extension, family))
        {
            using TableUnderTest newest = new(each.Table, family);
            newest.Run(["-A", each.Chain, .. each.Words()!]);
            using TableUnderTest narrowed = new(each.Table, family, FakeTables.OnlyRevision(extension, revision));
            try
            {
                narrowed.Run(["-A", each.Chain, .. each.Words()!]);
                narrowed.Narrow();
            }
            catch (UsageException e) when (e.Message.StartsWith($"{name}: this kernel has only revision {revision}: ", StringComparison.Ordinal))
            {
                continue;
            }

            byte[] chain = Encoding.ASCII.GetBytes(each.Chain);
            string[] expected = newest.Rules(newest.Table.Get(chain)), shown = narrowed.Rules(narrowed.Table.Get(chain));
            if (!expected.SequenceEqual(shown))
            {
                wrong.Add($"{each}\n    newest: {string.Join(" | ", expected)}\n    older:  {string.Join(" | ", shown)}");
            }

            said += Holds(narrowed, chain, extension, older) ? 1 : 0;
            narrowed.Run(["-C", each.Chain, .. each.Words()!]); // says so when there is no such rule
            using TableUnderTest again = new(each.Table, family, FakeTables.OnlyRevision(extension, revision));
            foreach (string line in shown)
            {
                Words words = new();
                RestoreWords.Split(Encoding.Latin1.GetBytes(line), words);
                again.Run(words);
            }

            again.Narrow();

            Assert.Equal(shown, again.Rules(again.Table.Get(chain)));
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join("\n", wrong)}");
        Assert.True(said > 0, "no rule of the spec was put into this revision");
    }

    [Theory]
    [InlineData("match", "conntrack", 1, "filter", "-m conntrack --ctstate UNTRACKED", "the state UNTRACKED needs revision 2")]
    [InlineData("match", "conntrack", 1, "filter", "-p tcp -m conntrack --ctorigsrcport 1:2", "a range of ports needs revision 3")]
    [InlineData("match", "state", 1, "filter", "-m state --state NEW,UNTRACKED", "the state UNTRACKED needs revision 2")]
    [InlineData("match", "hashlimit", 1, "filter", "-m hashlimit --hashlimit-upto 10001/s --hashlimit-name x", "so fine a rate needs revision 2")]
    [InlineData("match", "hashlimit", 1, "filter", "-m hashlimit --hashlimit-upto 3000/s --hashlimit-name x", "so fine a rate needs revision 2")]
    [InlineData("match", "hashlimit", 1, "filter", "-m hashlimit --hashlimit-upto 3/s --hashlimit-name abcdefghijklmnop", "a --hashlimit-name of more than 15 bytes needs revision 2")]
    [InlineData("match", "hashlimit", 1, "filter", "-m hashlimit --hashlimit-upto 3/s --hashlimit-name x --hashlimit-rate-match", "--hashlimit-rate-match needs revision 3")]
    public void What_it_cannot_hold_is_refused(string kind, string name, byte revision, string table, string rule, string message)
    {
        using TableUnderTest test = new(table, Family.IPv4, FakeTables.OnlyRevision(Built(kind, name, Family.IPv4), revision));
        test.Run($"-A INPUT {rule}", line: 7);
        UsageException refused = Assert.Throws<UsageException>(test.Narrow);
        Assert.Equal($"{name}: this kernel has only revision {revision}: {message}", refused.Message);
        Assert.Equal((ErrorShape.Other, 7), (refused.Shape, refused.Line));
    }

    [Theory]
    [InlineData(0x08u, " --state NEW")]
    [InlineData(0x40u, " --state UNTRACKED")]
    [InlineData(0x4fu, " --state INVALID,NEW,RELATED,ESTABLISHED,UNTRACKED")]
    [InlineData(0x47u, " --state INVALID,RELATED,ESTABLISHED,UNTRACKED")]
    [InlineData(~0x08u, " ! --state NEW")]
    [InlineData(~0x41u, " ! --state INVALID,UNTRACKED")]
    [InlineData(~0u, " --state INVALID,NEW,RELATED,ESTABLISHED,UNTRACKED")]
    [InlineData(0u, " ! --state INVALID,NEW,RELATED,ESTABLISHED,UNTRACKED")]
    [InlineData(0x80u, " ! --state INVALID,NEW,RELATED,ESTABLISHED,UNTRACKED")]
    public void The_kernels_own_state_is_shown_by_what_it_matches(uint mask, string shown)
    {
        byte[] payload = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, mask);
        Assert.Equal(shown, Shown("state", isTarget: false, 0, payload, Family.IPv4));
    }

    /// <summary>The bytes of struct xt_conntrack_mtinfo1: ports in network byte order at 138, flags at 146, states at 150.</summary>
    [Fact]
    public void Conntrack_of_revision_1()
    {
        byte[] payload = new byte[152];
        (payload[139], payload[147], payload[146], payload[150]) = (80, 1, 1, 1 << 3);
        Assert.Equal(" --ctstate NEW --ctorigsrcport 80", Shown("conntrack", isTarget: false, 1, payload, Family.IPv4));
        payload[148] = 1;
        Assert.Equal(" ! --ctstate NEW --ctorigsrcport 80", Shown("conntrack", isTarget: false, 1, payload, Family.IPv6));
    }

    /// <summary>The bytes of struct xt_hashlimit_mtinfo1; rates are in ten thousandths of a second.</summary>
    [Theory]
    [InlineData(1u << 2, 3333u, 5u, " --hashlimit-upto 3/sec --hashlimit-burst 5 --hashlimit-mode srcip --hashlimit-name abc")]
    [InlineData(1u << 4, 1u, 7u, " --hashlimit-above 10000/sec --hashlimit-burst 7 --hashlimit-name abc")]
    [InlineData(1u << 5, 0x7fffffffu, 0u, " --hashlimit-upto 16b/s --hashlimit-name abc")]
    public void Hashlimit_of_revision_1(uint mode, uint average, uint burst, string shown)
    {
        byte[] payload = new byte[56];
        "abc"u8.CopyTo(payload);
        uint[] words = [mode, average, burst, 0, 0, 1000, (mode & (1 << 5)) != 0 ? 15000u : 1000u];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(16 + (4 * i)), words[i]);
        }

        (payload[44], payload[45]) = (32, 32);
        Assert.Equal(shown, Shown("hashlimit", isTarget: false, 1, payload, Family.IPv4));
    }

    /// <summary>
    /// The bytes of struct xt_set_info_v0: an index, and a word for each place: 1 source, 2 destination, 4 inverted in the first.
    /// </summary>
    [Theory]
    [InlineData(new byte[] { 1 }, false, new byte[] { 2 })]
    [InlineData(new byte[] { 2 }, false, new byte[] { 0 })]
    [InlineData(new byte[] { 6, 1 }, true, new byte[] { 1 + 4 })]
    [InlineData(new byte[] { 5, 2, 1, 2, 1 }, true, new byte[] { 1 + 2 + 8 + 32 })]
    public void Set_of_revision_0(byte[] places, bool isInverted, byte[] flags)
    {
        byte[] older = new byte[32];
        older[0] = 7;
        for (int i = 0; i < places.Length; i++)
        {
            older[4 + (4 * i)] = places[i];
        }

        Extension match = Built("match", "set", Family.IPv4), target = Built("target", "SET", Family.IPv4);
        byte[] newest = new byte[match.PayloadSize];
        byte[] expected = new byte[match.PayloadSize];
        (expected[0], expected[2], expected[3]) = (7, (byte)places.Length, flags[0]);
        AssertIsBothWays(match, older, expected, newest);
        Assert.Equal(isInverted, (newest[3] & 1) != 0);

        // As the target has them: the set that loses an element is none (65535), as is the newest revision's third; no timeout is all ones.
        byte[] both = [.. older, 0xff, 0xff, .. new byte[30]];
        byte[] all = [.. expected[..4], 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff];
        AssertIsBothWays(target, both, all, new byte[target.PayloadSize]);
    }

    [Fact]
    public void A_set_of_revision_0_has_five_places_and_what_the_kernel_keeps_behind_them_is_of_no_account()
    {
        Extension match = Built("match", "set", Family.IPv4);
        OlderLayout layout = match.OlderLayouts.Single(static o => o.Revision == 0);
        byte[] newest = new byte[match.PayloadSize], older = new byte[layout.Size];
        newest[2] = 6;
        Assert.Equal("more than 5 of src and dst need revision 1", layout.Narrow(newest, older));
        newest[2] = 1;
        newest[^8] = 0x80;
        Assert.Equal("all but --match-set needs revision 3", layout.Narrow(newest, older));
        older.AsSpan().Clear();
        (older[4], older[28], older[29]) = (1, 1, 2);
        newest.AsSpan().Clear();
        layout.Widen(older, newest);
        Assert.Equal((1, 2), (newest[2], newest[3]));
    }

    [Fact]
    public void Sets_of_revision_0_are_not_IPv6s()
    {
        Assert.DoesNotContain(Built("match", "set", Family.IPv6).OlderLayouts, static o => o.Revision == 0);
        Assert.DoesNotContain(Built("target", "SET", Family.IPv6).OlderLayouts, static o => o.Revision == 0);
    }

    [Theory]
    [InlineData("NOTRACK", true, "NOTRACK")]
    [InlineData("state", false, "state")]
    public void A_name_of_its_own_goes_with_its_revision_only(string name, bool isTarget, string kernelName)
    {
        ExtensionSet extensions = new(Family.IPv4);
        Extension extension = extensions.Find(Encoding.ASCII.GetBytes(name), isTarget)!;
        OlderLayout own = extension.OlderLayouts[^1];
        Assert.Equal(kernelName, own.KernelNameFor(extension));
        byte[] scratch = new byte[512];
        Assert.Same(extension, extensions.Find(Record(kernelName, 0, new byte[own.Size]), isTarget, scratch, out _));
        Assert.Null(extensions.Find(Record(kernelName, extension.Revision, new byte[extension.PayloadSize]), isTarget, scratch, out _));
    }

    private static void AssertIsBothWays(Extension extension, byte[] older, byte[] expected, byte[] newest)
    {
        OlderLayout layout = extension.OlderLayouts.Single(static o => o.Revision == 0);
        Assert.Equal(older.Length, layout.Size);
        extension.Begin(newest);
        layout.Widen(older, newest);
        Assert.Equal(expected, newest);
        byte[] again = new byte[layout.Size];
        Assert.Null(layout.Narrow(newest, again));
        Assert.Equal(older, again);
    }

    private static IEnumerable<SpecCase> CasesOf(Extension extension, Family family) => SpecFile.Cases.Where(
        c => c.File == extension.GetType().Name.Split('`')[0] && c.IsIPv6 == (family == Family.IPv6) && c.IsWellFormed && c.Words() is not null);

    private static bool Holds(TableUnderTest test, byte[] chain, Extension extension, OlderLayout older)
    {
        byte[] name = Encoding.ASCII.GetBytes(older.KernelNameFor(extension));
        foreach (Rule rule in test.Table.Rules(test.Table.Get(chain)))
        {
            foreach (ExtensionRecord record in rule)
            {
                if (!extension.IsTarget && record.Name.SequenceEqual(name) && record.Revision == older.Revision)
                {
                    return true;
                }
            }

            if (extension.IsTarget && rule.Target.Name.SequenceEqual(name) && rule.Target.Revision == older.Revision)
            {
                return true;
            }
        }

        return false;
    }

    private static string Shown(string name, bool isTarget, byte revision, byte[] payload, Family family)
    {
        Extension found = new ExtensionSet(family).Find(Record(name, revision, payload), isTarget, new byte[512], out ReadOnlySpan<byte> newest)!;
        Output output = new(descriptor: -1);
        found.Save(newest, output, new Format(family, SystemNames.Instance, Protocol: 6, IsNumeric: true, IsListing: false));
        return Encoding.Latin1.GetString(output.Written);
    }

    private static ExtensionRecord Record(string kernelName, byte revision, byte[] payload)
    {
        byte[] bytes = new byte[ExtensionRecord.SizeFor(payload.Length)];
        ExtensionRecord.WriteHead(bytes, Encoding.ASCII.GetBytes(kernelName), revision, payload.Length);
        payload.CopyTo(bytes, ExtensionRecord.HeadSize);
        return new ExtensionRecord(bytes);
    }

    private static Extension Built(string kind, string name, Family family) =>
        new ExtensionSet(family).Find(Encoding.ASCII.GetBytes(name), kind == "target")!;
}
