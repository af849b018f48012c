using System.Text.RegularExpressions;
using System.Text;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>What a program inherits besides its words: variables, limits, rights, mounts, signals. Each in namespaces of its own.</summary>
public sealed partial class EnvironmentTests
{
    private const string SomeHundredRules =
        "(echo '*filter'; for i in $(seq 0 499); do echo \"-A INPUT -s 10.0.$((i / 250)).$((i % 250))/32 -p tcp -m tcp --dport $((1000 + i)) -j ACCEPT\"; done; echo COMMIT)";

    [Fact]
    public void What_the_runtime_would_read_from_the_environment_means_nothing()
    {
        List<string> names = SettingsOfTheRuntime();
        Assert.Contains("GCHeapHardLimit", names);
        Assert.Contains("DbgEnableMiniDump", names);
        (int status, string output, string errors) = Shell(
            $$"""
            for name in {{string.Join(' ', names)}}; do
                for value in 1 FFFFFFFFFFFFFFFF 10000 /nowhere; do
                    answer=$(env DOTNET_$name=$value COMPlus_$name=$value iptables -S OUTPUT 2>&1)
                    [ "$? $answer" = "0 -P OUTPUT ACCEPT" ] || echo "$name=$value: $answer"
                done
            done
            """);
        Assert.Equal((0, "", ""), (status, output, errors));
    }

    [Fact]
    public void Within_64_MB_of_addresses_some_hundred_rules_are_restored_changed_and_saved() => Assert.Equal(
        (0, "502 rules\niptables v1.8.10 (legacy)\n", ""),
        Shell(
            $"""
            ulimit -v 65536
            {SomeHundredRules} | iptables-restore && iptables -A OUTPUT -j ACCEPT && iptables -C OUTPUT -j ACCEPT || exit
            iptables -L -n >/dev/null && iptables -I INPUT -s 10.9.9.9 -j DROP && echo "$(iptables-save | grep -c ^-A) rules" && iptables -V
            """));

    [Theory]
    [InlineData(45000)]
    [InlineData(9000)]
    public void With_too_few_addresses_it_says_so(int limit)
    {
        (int status, string output, string errors) = Shell($"ulimit -v {limit}; exec iptables -S");
        Assert.Equal((4, "", $"iptables: the address space is limited to {limit} kB (ulimit -v); at least 45056 kB are needed.\n"), (status, output, errors));
    }

    [Fact]
    public void Whatever_the_limit_of_addresses_it_works_or_says_what_is_amiss()
    {
        (_, string output, string errors) = Shell(
            "for limit in $(seq 38000 250 46000) 50000 100000 1000000 4000000; do (ulimit -v $limit; echo $(iptables -S OUTPUT 2>&1) $?); done");
        Assert.Equal("", errors);
        Assert.All(
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            static answer => Assert.Matches(
                @"^(-P OUTPUT ACCEPT 0|iptables: the address space is limited to \d+ kB .* 4)$", answer));
    }

    [Fact]
    public void With_little_writable_memory_or_stack_it_works() => Assert.Equal(
        (0, "-P OUTPUT ACCEPT\n-P OUTPUT ACCEPT\n-P OUTPUT ACCEPT\n", ""),
        Shell("(ulimit -d 16000; iptables -S OUTPUT) && (ulimit -s 256; iptables -S OUTPUT) && (ulimit -s unlimited; iptables -S OUTPUT)"));

    [Fact]
    public void Whatever_the_limit_of_writable_memory_it_works_or_says_what_is_amiss()
    {
        (_, string output, string errors) = Shell(
            "for limit in 1800 2000 2300 2500 $(seq 2560 20 3140) 3000 3900 4096 4500 5000 8000 12000 70000; do (ulimit -d $limit; echo $limit $(iptables -V 2>&1) $?); done");
        Assert.Equal("", errors);
        Assert.All(
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            static answer => Assert.Matches(
                @"^((1[0-9]{3}|2[0-9]{3}|30[0-9]{2}) iptables: cannot start for want of memory; see ulimit -a. 4|\d+ iptables v1.8.10 \(legacy\) 0)$", answer));
    }

    [Fact]
    public void Who_ignores_the_end_of_children_still_gets_names_looked_up() => Assert.Equal(
        (0, "2\n1\n", "iptables v1.8.10 (legacy): host/network `nosuch.invalid' not found\n"),
        Shell(
            """
            env --ignore-signal=CHLD iptables -A INPUT -s nosuch.invalid -j DROP 2>$XTABLES_LOCKFILE.err; echo $?
            head -n 1 $XTABLES_LOCKFILE.err >&2
            iptables -A INPUT -s 192.0.2.1 -j DROP && env --ignore-signal=CHLD iptables -L INPUT | grep -c '192\.0\.2\.1'
            """));

    [Fact]
    public void A_lock_file_that_cannot_be_locked_is_named()
    {
        (int status, string output, string errors) = Shell("exec strace -qq -o /dev/null -e inject=flock:error=ENOLCK iptables -w -S");
        Assert.Equal((4, ""), (status, output));
        Assert.Matches(@"^Can't lock \S+: No locks available\nHint: .*XTABLES_LOCKFILE.*\n$", errors);
    }

    [Fact]
    public void Without_room_for_a_descriptor_it_names_what_it_cannot_open()
    {
        (int status, string output, string errors) = Shell("ulimit -n 3; iptables -V && exec iptables -S");
        Assert.Equal((4, "iptables v1.8.10 (legacy)\n"), (status, output));
        Assert.Matches(@"^Fatal: can't open lock file \S+: Too many open files\nHint: .*ulimit -n\.\n$", errors);
    }

    [Fact]
    public void Without_proc_and_sys_rules_are_changed_and_listed() => Assert.Equal(
        (0, "-A INPUT -j DROP\n", ""),
        Shell("mount -t tmpfs none /sys && umount -l /proc || exit; iptables -A INPUT -j DROP && iptables -S INPUT 1"));

    [Fact]
    public void Without_proc_a_save_says_that_it_does_not_know_the_tables()
    {
        (int status, string output, string errors) = Shell("iptables -A INPUT -j DROP; umount -l /proc; exec iptables-save");
        Assert.Equal((1, ""), (status, output));
        Assert.Equal(
            "Failed to list table names in /proc/net/ip_tables_names: No such file or directory\nHint: /proc is not mounted: mount -t proc proc /proc\n", errors);
    }

    [Theory]
    [InlineData("umount -l /proc")]
    [InlineData("mount -t tmpfs none /proc")]
    public void Without_proc_rules_on_trial_are_refused_for_that(string without)
    {
        (int status, string output, string errors) = Shell($"{without}; exec iptables-apply -c /bin/true");
        Assert.Equal((3, ""), (status, output));
        Assert.Equal("""
            Failed to list table names in /proc/net/ip_tables_names: No such file or directory
            Hint: /proc is not mounted: mount -t proc proc /proc
            Error: iptables support lacking from the kernel

            """, errors);
    }

    /// <summary>As basename(3) has it, and the original.</summary>
    [Theory]
    [InlineData("iptables/")]
    [InlineData("/usr/sbin/iptables//")]
    public void A_slash_behind_the_name_that_it_is_called_by_means_nothing(string name) =>
        Assert.Equal((0, "iptables v1.8.10 (legacy)\n", ""), Shell($"exec -a {name} xtables-multi -V"));

    [Fact]
    public void With_a_run_that_cannot_be_written_the_lock_file_is_named()
    {
        (int status, string output, string errors) = Shell("unset XTABLES_LOCKFILE; mount -t tmpfs -o ro none /run; exec iptables -S");
        Assert.Equal((4, ""), (status, output));
        Assert.StartsWith("Fatal: can't open lock file /run/xtables.lock: Read-only file system\n", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iptables -S", 3)]
    [InlineData("iptables-save -t filter", 1)]
    [InlineData("iptables-restore", 2)]
    public void Without_a_capability_root_is_told_which(string command, int expected)
    {
        (int status, string output, string errors) = Shell($"printf '*filter\nCOMMIT\n' >$XTABLES_LOCKFILE.rules; setpriv --bounding-set -net_admin --inh-caps -net_admin {command} <$XTABLES_LOCKFILE.rules");
        Assert.Equal((expected, ""), (status, output));
        Assert.EndsWith("Hint: This process lacks the capability CAP_NET_ADMIN; a container is given it by --cap-add=NET_ADMIN.\n", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_that_nobody_reads_ends_it_unless_the_caller_ignores_that() => Assert.Equal(
        (0, "141\n0\n-A INPUT -j DROP\n", ""),
        Shell(
            """
            mkfifo $XTABLES_LOCKFILE.pipe; exec 3<>$XTABLES_LOCKFILE.pipe 4>$XTABLES_LOCKFILE.pipe 3>&-
            env --default-signal=PIPE iptables -S >&4; echo $?
            env --ignore-signal=PIPE iptables -S >&4; echo $?
            env --ignore-signal=PIPE iptables -v -A INPUT -j DROP >&4 && iptables -S INPUT 1
            """));

    /// <summary>The names of settings that stand in the binary, and those that other versions of .NET have.</summary>
    private static List<string> SettingsOfTheRuntime()
    {
        string binary = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Workspace.Sbin, "xtables-multi")));
        IEnumerable<string> found = Setting().Matches(binary).Select(static m => m.Groups[1].Value);
        return [.. found.Concat(["EnableEventPipe", "gcServer", "gcConcurrent", "EnableDiagnostics", "GCStress", "TieredCompilation", "SYSTEM_GLOBALIZATION_INVARIANT"]).Distinct()];
    }

    /// <summary>There no one may send as much as root does.</summary>
    [Fact]
    public void In_a_user_namespace_a_batch_that_is_too_long_is_no_rules_fault()
    {
        (int status, string output, string errors) = Shell("""
            most=$(cat /proc/sys/net/core/wmem_max)
            awk -v n=$((most / 200)) 'BEGIN { print "*filter"; while (n--) print "-A INPUT -s 10.0.0.1 -p tcp --dport 80 -j ACCEPT"; print "COMMIT" }' |
                SHARPTABLES_HINTS=always unshare -r -n iptables-nft-restore
            """);
        Assert.Equal((1, ""), (status, output));
        Assert.EndsWith(
            ": COMMIT\nHint: A process without the rights of the machine's root may send twice as many bytes at once as the sysctl "
                + "net.core.wmem_max says; raise that there.\n",
            errors,
            StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\0((?:GC|gc|Dbg|Enable|Total)[A-Z][A-Za-z]+|GCgen0size)(?=\0)")]
    private static partial Regex Setting();

    private static (int Status, string Output, string Errors) Shell(string script)
    {
        string scratch = Directory.CreateTempSubdirectory("sharptables-environment.").FullName;
        try
        {
            return new Command("unshare", "--net", "--mount", "bash", "-c", script) { Variables = Command.ProgramsUnderTest($"{scratch}/lock") }.Run().Said;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
