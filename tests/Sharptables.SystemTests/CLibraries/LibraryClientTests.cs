using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.CLibraries;

/// <summary>Programs of others that stand on libip4tc, libip6tc and libxtables, beside the original's libraries: the same output, the same rules.</summary>
public sealed class LibraryClientTests
{
    private static readonly string s_clients = Workspace.PathOf("artifacts", "library-clients");

    private static readonly string s_save = Path.Combine(Workspace.Sbin, "iptables-save");

    [Fact]
    public void Collectd_counts_the_same() => HoldsWithEither("ipt_packets-pings 4\n", "sh", "collectd.sh", s_clients);

    [Fact]
    public void Miniupnpd_maps_the_same_ports() =>
        HoldsWithEither("DNAT --to-destination 192.168.7.1:6001\n", "sh", "miniupnpd.sh", s_clients, s_save);

    [Fact]
    public void Systemd_masquerades_and_forwards_the_same() => HoldsWithEither("DNAT --to-destination 10.9.0.3:80\n", "python3", "systemd.py", s_save);

    /// <summary>Tables, chains, rules, matches and targets with their parameters read back, <c>iptc.easy</c>: over 140 behaviours.</summary>
    [Fact]
    public void Python_iptables_does_the_same()
    {
        string[] words = [
            "env", $"PYTHONPATH={s_clients}/usr/lib/python3/dist-packages", "/usr/bin/python3", Workspace.PathOf("tests", "c-libraries", "python-iptables.py"),
        ];
        CommandResult original = CProgram.Run(null, words), ours = CProgram.Run(CProgram.Libraries, words);
        Assert.True(original.Stdout.Split('\n').Length > 140, original.Stdout + original.Stderr);
        Assert.Equal((original.ExitStatus, original.Stdout, original.Stderr), (ours.ExitStatus, ours.Stdout, ours.Stderr));
    }

    /// <summary>tc's action xt, which the kernels here do not have: what it reads and says.</summary>
    [Theory]
    [InlineData("MARK --set-mark 5", "MARK set 0x5")]
    [InlineData("MARK --set-mark zz", "bad integer value")]
    [InlineData("LOG --log-prefix hello", "prefix \"hello\"")]
    [InlineData("CLASSIFY --set-class 1:2", "CLASSIFY set 1:2")]
    [InlineData("NOSUCH", "failed to find target NOSUCH")]
    public void Tc_finds_the_same_targets(string target, string expected)
    {
        string[] words = ["sh", "-c", $"tc actions add action xt -j {target} 2>&1"];
        CommandResult original = CProgram.Run(null, words), ours = CProgram.Run(CProgram.Libraries, words);
        Assert.Contains(expected, original.Stdout, StringComparison.Ordinal);
        Assert.Equal((original.ExitStatus, original.Stdout), (ours.ExitStatus, ours.Stdout));
    }

    /// <summary>All names of connman's are bound at its start.</summary>
    [Fact]
    public void Connman_starts() =>
        Assert.Equal("1.41\n", CProgram.Run(CProgram.Libraries, "env", "LD_BIND_NOW=1", $"{s_clients}/usr/sbin/connmand", "--version").Stdout);

    /// <summary>Rules of iptables-nft are listed in nft's words.</summary>
    [Fact]
    public void Nft_lists_rules_of_iptables_nft()
    {
        string script = """
            LD_LIBRARY_PATH= iptables-nft -A INPUT -p tcp --dport 80 -m conntrack --ctstate NEW -j LOG
            nft list ruleset
            """;
        Assert.Contains("tcp dport 80 ct state new counter packets 0 bytes 0 log", CProgram.Run(CProgram.Libraries, "sh", "-c", script).Stdout, StringComparison.Ordinal);
    }

    /// <summary>Which of their own libraries are not installed does not matter here.</summary>
    [Theory]
    [InlineData("usr/bin/rtpengine")]
    [InlineData("usr/lib/ipsec/plugins/libstrongswan-forecast.so")]
    [InlineData("usr/lib/ipsec/plugins/libstrongswan-connmark.so")]
    [InlineData("usr/lib/collectd/iptables.so")]
    [InlineData("usr/sbin/miniupnpd")]
    public void The_loader_finds_every_name_that_it_wants(string client)
    {
        string resolved = CProgram.Run(CProgram.Libraries, "ldd", "-r", Path.Combine(s_clients, client)).Stdout;
        Assert.Contains($"libip4tc.so.2 => {CProgram.Libraries}/", resolved, StringComparison.Ordinal);
        Assert.DoesNotMatch("undefined symbol: ip6?tc_", resolved);
    }

    /// <summary>As a service with SystemCallFilter=@system-service; what else it calls ends it.</summary>
    [Theory]
    [InlineData("signals")]
    [InlineData("fork")]
    [InlineData("threads")]
    [InlineData("close")]
    public void A_service_with_few_system_calls_may_use_them(string trial)
    {
        string[] filtered = ["python3", Workspace.PathOf("tests", "c-libraries", "seccomp.py"), s_clients];
        CommandResult lived = CProgram.Run(CProgram.Libraries, [.. filtered, CProgram.Compile("life"), trial]);
        Assert.Equal((0, "", ""), (lived.ExitStatus, lived.Stdout, lived.Stderr));
        Assert.NotEqual(0, CProgram.Run(null, [.. filtered, "/usr/bin/mount", "-t", "tmpfs", "none", "/mnt"]).ExitStatus);
    }

    private static void HoldsWithEither(string expected, string shell, string script, params string[] words)
    {
        string[] all = [shell, Workspace.PathOf("tests", "c-libraries", script), .. words];
        CommandResult original = CProgram.Run(null, all), ours = CProgram.Run(CProgram.Libraries, all);
        Assert.Contains(expected, original.Stdout, StringComparison.Ordinal);
        Assert.Equal((original.ExitStatus, original.Stdout, original.Stderr), (ours.ExitStatus, ours.Stdout, ours.Stderr));
    }
}
