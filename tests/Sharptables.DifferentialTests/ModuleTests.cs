using System.Text.RegularExpressions;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>
/// A kernel that does not have the interface at first, beside the original: strace makes getsockopt fail as on such a kernel, and in a
/// /proc of its own nothing but the setting for modprobe is there. What modprobe is called with, and what comes of it, must be the same.
/// </summary>
public sealed partial class ModuleTests : IDisposable
{
    private const string Setting = "/proc/sys/kernel/modprobe";

    private readonly string _folder = Directory.CreateTempSubdirectory("modules-").FullName;

    /// <summary>In a line, WILLING and FAILING are modprobe programs, of which the first claims to have loaded the module.</summary>
    public static TheoryData<string, string, string> Lines()
    {
        TheoryData<string, string, string> rows = [];
        foreach (string line in new[]
        {
            "iptables -S", "ip6tables -t mangle -L -n", "iptables -P INPUT DROP", "ip6tables -t nosuch -F", "iptables -t nat -Z",
            "iptables-save", "ip6tables-save", "iptables-save -t filter", "ip6tables-save -c -t nat",
            "iptables-restore rules", "ip6tables-restore <rules", "iptables-restore -n rules", "ip6tables-restore --test rules",
        })
        {
            rows.Add(line, "WILLING", "1");
            rows.Add(line, "WILLING", "1+");
            rows.Add(line, "FAILING", "1+");
            rows.Add(line, "/nonexistent", "1+");
            rows.Add(line, "", "1+");
        }

        foreach (string program in new[] { "WILLING", "FAILING", "./willing", "willing", "/nonexistent", "''" })
        {
            rows.Add($"iptables -M {program} -S", "FAILING", "1+");
            rows.Add($"ip6tables -S --modprobe={program}", "WILLING", "1+");
            rows.Add($"iptables-save -M {program} -t raw", "FAILING", "1+");
            rows.Add($"ip6tables-save --modprobe {program} -t raw", "WILLING", "1+");
            rows.Add($"iptables-restore -M {program} rules", "FAILING", "1+");
            rows.Add($"ip6tables-restore --modprobe={program} rules", "WILLING", "1+");
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Modprobe_is_called_as_the_original_calls_it(string line, string setting, string failures)
    {
        File.WriteAllText(Path.Combine(_folder, "rules"), "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\nCOMMIT\n");
        Assert.Equal(Run(ProgramSet.Reference, line, setting, failures), Run(ProgramSet.Ours, line, setting, failures));
    }

    /// <summary>The original does without it where the kernel's setting cannot be read.</summary>
    [Fact]
    public void Without_proc_the_usual_program_is_tried() =>
        Assert.Contains("\"/sbin/modprobe ip_tables\"", Run(ProgramSet.Ours, "iptables -S 2>&1", null, "1+"), StringComparison.Ordinal);

    [Fact]
    public void The_callers_environment_does_not_reach_modprobe() =>
        Assert.DoesNotContain("SECRET", Run(ProgramSet.Ours, "SECRET=1 iptables -M ENVIRONMENT -S", "", "1+"), StringComparison.Ordinal);

    [Theory]
    [InlineData("iptables -S", "FAILING", "failing ip_tables\" was run to load it, and ended with status 3.")]
    [InlineData("ip6tables-restore rules", "WILLING", "willing ip6_tables\" was run, but the kernel still does not have ip6_tables.")]
    [InlineData("iptables-save -t nat", "", "and /proc/sys/kernel/modprobe names no program to load it.")]
    [InlineData("iptables -M /nonexistent -S", "", "\"/nonexistent ip_tables\", which loads it, could not be run.")]
    public void What_was_tried_is_said(string line, string setting, string hint)
    {
        File.WriteAllText(Path.Combine(_folder, "rules"), "*filter\nCOMMIT\n");
        string said = Run(ProgramSet.Ours, line + " 2>&1 | grep ^Hint:", setting, "1+");
        Assert.Contains(hint, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', said);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Status, output, the first line of the errors, and what modprobe was called with.</summary>
    private string Run(ProgramSet programs, string line, string? setting, string failures)
    {
        string log = Path.Combine(_folder, "log");
        File.Delete(log);
        string Program(string name, string more)
        {
            string path = Path.Combine(_folder, name);
            File.WriteAllText(path, $"#!/bin/sh\necho \"${{0#./}} $*\" >>{log}\n{more}\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return path;
        }

        string willing = Program("willing", "exit 0"), failing = Program("failing", "exit 3"), environment = Program("environment", $"set >>{log}; exit 0");
        string Named(string text) => text.Replace("WILLING", willing, StringComparison.Ordinal)
            .Replace("FAILING", failing, StringComparison.Ordinal).Replace("ENVIRONMENT", environment, StringComparison.Ordinal);

        string script = $"""
            mount -t tmpfs none /proc
            mkdir /proc/net; echo >/proc/net/dev
            {(setting is null ? "" : $"mkdir -p {Path.GetDirectoryName(Setting)}; echo '{Named(setting)}' >{Setting}")}
            cd {_folder}
            exec strace -f -qq -o /dev/null -e trace=getsockopt -e inject=getsockopt:error=ENOPROTOOPT:when={failures} sh -c "$0"
            """;
        CommandResult result = new Command("unshare", "--net", "--mount", "sh", "-c", script, Named(line))
        {
            Variables = programs.Environ(Path.Combine(_folder, "lock")),
        }.Run();
        string called = File.Exists(log) ? File.ReadAllText(log) : "";
        string text = $"status {result.ExitStatus}\n{result.Stdout}\n{result.FirstError}\ncalled:\n{called}";
        return VersionPattern().Replace(text, "v1.8");
    }

    [GeneratedRegex(@"v1\.8\.\d+|(?m)^#.*$")]
    private static partial Regex VersionPattern();
}
