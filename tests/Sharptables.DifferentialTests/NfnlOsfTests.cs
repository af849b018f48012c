using System.Text;
using System.Text.RegularExpressions;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>
/// nfnl_osf beside the original, both under strace: the same messages to the kernel, the same progress, the same exit status.
/// What is loaded is deleted again: the kernel's list belongs to the whole machine.
/// </summary>
public sealed partial class NfnlOsfTests : IDisposable
{
    private const string UsualFile = "/usr/share/doc/nftables/examples/pf.os";

    /// <summary>Every spelling of the format.</summary>
    private const string Sample = """
        # a comment

        S4:64:1:60:M*,S,T,N,W0:Test1:2.6:sub:Linux 2.6 (details)
        T4:64:0:60:M1460,S,T0,N,W%12:	Test2:1::
        *:64:0:60:M%1460,N,W*:		@Test3:2:x:about so
        %8192:255:0:40:.:*Test4:3::one that hides
        65535:128:1:48:M*,N,N,S:Test5:XP:SP1:
        0:0:0:0::Test6:::
        16 :32 :1 :44 : M536 , N, E :Test7 :4 :x : d
        45046:*:*:*:N,N,N,N,N,N,N,N,N,N,T,T,T:-Test8:*:@:d
        1:64:1:60:N:Tést:é::not UTF-8
        S0:64:1:60:M0,W255:Test9 with a long name that is cut off somewhere:and a long version that is cut off:and a long subtype that is:x

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("nfnl_osf-").FullName;

    [Fact]
    public void The_messages_are_the_same_for_every_spelling() => AssertSameMessages(Write(Sample));

    [UsualFileFact]
    public void The_messages_are_the_same_for_the_usual_file() => AssertSameMessages(UsualFile);

    private void AssertSameMessages(string file)
    {
        int count = File.ReadLines(file).Count(static line => line is not ("" or ['#', ..]));
        foreach (string[] options in (string[][])[[], ["-d"], ["-d"]])
        {
            Outcome original = Run(Reference, [.. options, "-f", file]);
            Outcome ours = Run(Ours, [.. options, "-f", file]);
            Assert.Equal(count, original.Messages.Count);
            Assert.Equal(original.Messages, ours.Messages);
            Assert.Equal((original.Status, original.Output, ""), (ours.Status, ours.Output, ours.Errors));
        }
    }

    /// <summary>Not compared is the stream: the original's errors are on standard output, ours are not.</summary>
    [Theory]
    [InlineData]
    [InlineData("-h")]
    [InlineData("-d")]
    [InlineData("-f")]
    [InlineData("-x", "-f", "/dev/null")]
    [InlineData("-f", "/nonexistent")]
    [InlineData("-f", "")]
    [InlineData("-f", "/dev/null")]
    [InlineData("-f", "/nonexistent", "-df/dev/null")]
    public void Mistakes_are_answered_the_same(params string[] arguments)
    {
        Outcome original = Run(Reference, arguments);
        Outcome ours = Run(Ours, arguments);
        Assert.Equal(original.Status, ours.Status);
        Assert.Equal((original.Output + original.Errors).Replace(Reference, Ours, StringComparison.Ordinal), ours.Errors);
    }

    [Theory]
    [InlineData]
    [InlineData("-d")]
    public void Who_may_not_is_told_so(params string[] options)
    {
        string file = Write("# a comment\n16:64:1:60:.:Test:::\n");
        string[] powerless = ["--bounding-set=-all", "--inh-caps=-all"];
        Outcome original = Run("setpriv", [.. powerless, Reference, .. options, "-f", file]);
        Outcome ours = Run("setpriv", [.. powerless, Ours, .. options, "-f", file]);
        Assert.Equal((255, original.Messages.Count), (original.Status, ours.Messages.Count));
        Assert.Equal((original.Status, original.Output), (ours.Status, ours.Output + ours.Errors.Split('\n')[0] + "\n"));
        Assert.EndsWith("Only root may change the fingerprints.\nNothing was changed.\n", ours.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("16:64:1:60:.:Linux:2.6:")]
    [InlineData("16:64:1:60:.:Linux:2.6:x:details:more")]
    public void A_wrong_line_is_answered_by_the_same_status_and_nothing_is_sent(string line)
    {
        string file = Write($"16:64:1:60:.:Test:::\n{line}\n17:64:1:60:.:Test:::\n");
        Outcome original = Run(Reference, ["-f", file]);
        Outcome ours = Run(Ours, ["-f", file]);
        Run(Reference, ["-d", "-f", file]);
        Assert.Equal((original.Status, 2), (ours.Status, original.Messages.Count));
        Assert.Equal(("", 0), (ours.Output, ours.Messages.Count));
        Assert.StartsWith("Failed to load line 2: ", ours.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_last_line_without_its_end_is_whole()
    {
        string file = Write("16:64:1:60:.:Test:::details");
        Outcome ours = Run(Ours, ["-f", file]);
        Run(Ours, ["-d", "-f", file]);
        Assert.Equal((0, "Loading '16:64:1:60:.:Test:::details'.\n"), (ours.Status, ours.Output));
    }

    [Theory]
    [InlineData("/", 255, "Failed to open file '/': Is a directory [21].\n")]
    [InlineData("/proc/self/mem", 255, "Failed to open file '/proc/self/mem': Input/output error [5].\n")]
    [InlineData("/bin/sh", 234, "Failed to load line 1: ")]
    public void Files_that_hold_no_fingerprints(string file, int status, string error)
    {
        Outcome ours = Run(Ours, ["-f", file]);
        Assert.Equal((status, "", 0), (ours.Status, ours.Output, ours.Messages.Count));
        Assert.StartsWith(error, ours.Errors, StringComparison.Ordinal);
        Assert.InRange(ours.Errors.Count(static c => c == '\n'), 1, 2);
    }

    [Theory]
    [InlineData("# a comment of thirty bytes..\n", 0, "")]
    [InlineData("one line of thirty bytes......", 234, "Failed to load line 1: it has 104857590 bytes, and 1023 are the most.\n")]
    public void A_hundred_megabytes(string piece, int status, string error)
    {
        error += error.Length > 0 ? "Nothing was changed.\n" : "";
        string file = Write(string.Concat(Enumerable.Repeat(piece, 100 * 1024 * 1024 / piece.Length)));
        Outcome ours = Run(Ours, ["-f", file]);
        Assert.Equal((status, "", error), (ours.Status, ours.Output, ours.Errors));
    }

    /// <summary>If the reader of the progress ends, everything is still loaded, not only what fitted into the pipe.</summary>
    [Fact]
    public void Output_that_nobody_reads_does_not_stop_it_half_way()
    {
        string file = Write(string.Concat(Enumerable.Range(1, 1500).Select(static i => $"{i}:64:1:60:.:Test:::{new string('x', 90)}\n")));
        string trace = Path.Combine(_folder, "trace");
        new Command("unshare", "-n", "sh", "-c", $"strace -o {trace} -e trace=sendto -e signal=none {Ours} -f {file} | head -1").Run();
        Run(Ours, ["-d", "-f", file]);
        Assert.Equal(1500, File.ReadLines(trace).Count(static line => line.StartsWith("sendto(", StringComparison.Ordinal)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Reference => Path.Combine(ProgramSet.Reference.Source, "nfnl_osf");

    private static string Ours => Path.Combine(Path.GetFullPath(ProgramSet.Ours.Source), "nfnl_osf");

    private string Write(string content)
    {
        string file = Path.Combine(_folder, "pf.os");
        File.WriteAllText(file, content, Encoding.Latin1);
        return file;
    }

    private Outcome Run(string program, string[] arguments)
    {
        string trace = Path.Combine(_folder, "trace");
        CommandResult result = new Command(
            "unshare", ["-n", "strace", "-o", trace, "-e", "trace=sendto", "-e", "write=all", "-e", "signal=none", program, .. arguments]).Run();
        return new Outcome(result.ExitStatus, StampPattern().Replace(result.Stdout, ""), result.Stderr, Messages(File.ReadLines(trace)));
    }

    /// <summary>The bytes of each message; sequence numbers are relative to the first, which is the time.</summary>
    private static List<string> Messages(IEnumerable<string> trace)
    {
        List<string> messages = [];
        foreach (string line in trace)
        {
            if (line.StartsWith("sendto(", StringComparison.Ordinal))
            {
                messages.Add("");
            }
            else if (DumpPattern().Match(line) is { Success: true } dump)
            {
                messages[^1] += dump.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
            }
        }

        uint first = 0;
        for (int i = 0; i < messages.Count; i++)
        {
            uint number = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(Convert.FromHexString(messages[i][16..24]));
            first = i == 0 ? number : first;
            messages[i] = $"{number - first}: {messages[i][..16]} {messages[i][24..]}";
        }

        return messages;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \d+ ", RegexOptions.Multiline)]
    private static partial Regex StampPattern();

    [GeneratedRegex(@"^ \| [0-9a-f]{5} ((?: +[0-9a-f]{2})+) ")]
    private static partial Regex DumpPattern();

    /// <summary>The file is missing where packages are installed without documentation.</summary>
    private sealed class UsualFileFactAttribute : FactAttribute
    {
        public UsualFileFactAttribute()
        {
            if (!File.Exists(UsualFile))
            {
                Skip = $"no {UsualFile}, which is in Debian's package nftables";
            }
        }
    }

    private sealed record Outcome(int Status, string Output, string Errors, List<string> Messages);
}
