using Sharptables.SystemTests.Packets;
using Xunit;
using Xunit.Sdk;

namespace Sharptables.SystemTests.Programs;

/// <summary>
/// What nfnl_osf loads is what <c>-m osf</c> finds in real SYNs. The kernel's list belongs to the whole machine, so the systems have
/// names that nobody else uses, and are removed again.
/// </summary>
public sealed class OsfTests : IDisposable
{
    private const string Fingerprints = """
        # The tests' packets have a window of 65535.
        65535:64:0:44:M1460:	SharpPlain:1::a fixed window
        S5:64:0:48:M*,N,N,S:	@SharpTimes:2:x:five times the maximum segment size
        %15:128:0:60:M%536,N,W*,N,N,T:	*SharpDivided:3::divided by 15
        T3:255:0:44:M*:	SharpUnits:4::three times the MTU

        """;

    // The same SYNs as bytes of their options.
    private const string Plain = "tcp opts=020405b4";
    private const string Times = "tcp opts=0204333301010402";
    private const string Divided = "tcp ttl=128 opts=02040430010303070101080a0000000100000000";
    private const string Units = "tcp ttl=255 opts=0204552d";

    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData("SharpPlain", Plain, Times, Divided, Units, "tcp ttl=65 opts=020405b4", "tcp opts=01010402", "tcp")]
    [InlineData("SharpTimes", Times, Plain, Divided, Units, "tcp opts=0204333401010402", "tcp opts=0204333304020101")]
    [InlineData("SharpDivided", Divided, Plain, Times, Units, "tcp ttl=128 opts=02040430010303070101080a")]
    [InlineData("SharpUnits", Units, Plain, Times, Divided, "tcp ttl=255 opts=0204552e")]
    public void Connections_of_a_loaded_system_are_taken_and_others_are_not(string genre, string taken, params string[] others)
    {
        using Lab lab = new();
        lab.Run($"-A INPUT -p tcp -m osf --genre {genre} ; -A INPUT -p tcp");
        File.WriteAllText(_file, Fingerprints);
        lab.Run($"nfnl_osf -f {_file}");
        try
        {
            Assert.True(IsTaken(lab, taken), taken);
            Assert.All(others, other => Assert.False(IsTaken(lab, other), other));
        }
        finally
        {
            lab.Run($"nfnl_osf -f {_file} -d");
        }

        Assert.False(IsTaken(lab, taken), "after -d");
    }

    [Theory]
    [InlineData("65535:64:0:44:M1460:SharpWrong:1:\n")]
    [InlineData("65535:64:0:44:M1460,Q:SharpWrong:1::\n")]
    [InlineData("65535:64:0:44:T,T,T,T,M1460:SharpWrong:1::\n")]
    public void Nothing_of_a_file_with_a_wrong_line_is_loaded(string line)
    {
        using Lab lab = new();
        lab.Run("-A INPUT -p tcp -m osf --genre SharpWrong ; -A INPUT -p tcp");
        File.WriteAllText(_file, "65535:64:0:44:M1460:SharpWrong:1::\n" + line);
        var error = Assert.Throws<XunitException>(() => lab.Run($"nfnl_osf -f {_file}"));
        Assert.Contains("Failed to load line 2: ", error.Message, StringComparison.Ordinal);
        Assert.False(IsTaken(lab, Plain));
    }

    public void Dispose() => File.Delete(_file);

    /// <summary>Whether the first rule counts a packet. The second one counts all, and so shows when it has arrived.</summary>
    private static bool IsTaken(Lab lab, string packet)
    {
        long[] before = lab.Counters("filter", "INPUT");
        lab.Send(packet);
        long[] after = before;
        Assert.True(Lab.Eventually(() => (after = lab.Counters("filter", "INPUT"))[1] == before[1] + 1), packet);
        return after[0] == before[0] + 1;
    }
}
