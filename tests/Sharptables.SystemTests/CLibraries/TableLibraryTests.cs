using System.Text.RegularExpressions;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.CLibraries;

/// <summary>libip4tc and libip6tc, beside the original's: the same programs run on both.</summary>
public sealed partial class TableLibraryTests
{
    /// <summary>Good and bad arguments: results, errno and messages.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Every_function_gives_what_the_original_s_gives(int family)
    {
        string program = CProgram.Compile("iptc", $"-DFAMILY={family}", $"{CProgram.Libraries}/libip{family}tc.so");
        CommandResult original = CProgram.Run(null, program), ours = CProgram.Run(CProgram.Libraries, program);
        Assert.True(original.Stdout.Count(static c => c == '\n') > 400, original.Stdout);
        Assert.Equal((original.ExitStatus, original.Stdout, original.Stderr), (ours.ExitStatus, ours.Stdout, ours.Stderr));
    }

    /// <summary>The C program on our libraries, without its plugins: rulesets are restored, edited, listed and saved as on its own.</summary>
    [Theory]
    [InlineData("iptables", "tests/rulesets/office-gateway.rules")]
    [InlineData("ip6tables", "tests/rulesets/host.v6.rules")]
    public void The_original_s_programs_run_on_them(string program, string rules)
    {
        string script = $$"""
            {{program}}-legacy-restore --counters <{{Workspace.PathOf(rules)}} && {{program}}-legacy-save --counters
            {{program}}-legacy -P FORWARD DROP; {{program}}-legacy -N made; {{program}}-legacy -A made -p tcp --dport 80 -j ACCEPT
            {{program}}-legacy -I INPUT 1 -j made; {{program}}-legacy -I INPUT 1 -i eth7 -g made; {{program}}-legacy -R INPUT 1 -i eth8 -j DROP
            {{program}}-legacy -C INPUT -i eth8 -j DROP; echo $?; {{program}}-legacy -C INPUT -i eth9 -j DROP; echo $?
            {{program}}-legacy -X made; {{program}}-legacy -E made done; {{program}}-legacy -S; {{program}}-legacy -D INPUT -j done
            {{program}}-legacy -D INPUT 99; {{program}}-legacy -I INPUT 99; {{program}}-legacy -F done; {{program}}-legacy -X done
            {{program}}-legacy -A INPUT -j INPUT; {{program}}-legacy -X none; {{program}}-legacy -Z; {{program}}-legacy -L -n -v; {{program}}-legacy -F
            {{program}}-legacy -vvL
            {{program}}-legacy-save --counters
            """;
        CommandResult original = CProgram.Run(null, "sh", "-c", script), ours = CProgram.Run(CProgram.Libraries, "sh", "-c", script);
        Assert.Contains("\n-A ", original.Stdout, StringComparison.Ordinal);
        Assert.Equal(Undated(original), Undated(ours));
    }

    /// <summary>A program opens a table again after each change: a thousand times here, with ten rules appended to each.</summary>
    [Fact]
    public void A_small_table_is_opened_without_a_mapping_of_its_own()
    {
        string traced = CProgram.Run(CProgram.Libraries, "strace", "-c", "-e", "trace=mmap", CProgram.Compile("life")).Stderr;
        Assert.InRange(int.Parse(Calls().Match(traced).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 1, 200);
    }

    [Fact]
    public void Flushing_chains_without_rules_replaces_no_table()
    {
        const string Flush = "iptables-legacy -A INPUT -j ACCEPT; strace -e trace=setsockopt iptables-legacy -F INPUT 2>&1; strace -e trace=setsockopt iptables-legacy -F 2>&1";
        Assert.Equal(1, Regex.Count(CProgram.Run(CProgram.Libraries, "sh", "-c", Flush).Stdout, "SET_REPLACE"));
    }

    /// <summary>Signal dispositions and masks stay, and handlers are called, in a program that forks, has threads, and closes and reopens the library.</summary>
    [Theory]
    [InlineData("signals")]
    [InlineData("fork")]
    [InlineData("threads")]
    [InlineData("close")]
    public void A_process_lives_with_them(string trial)
    {
        CommandResult lived = CProgram.Run(CProgram.Libraries, CProgram.Compile("life"), trial);
        Assert.Equal((0, "", ""), (lived.ExitStatus, lived.Stdout, lived.Stderr));
    }

    /// <summary>The runtime would end the process: where the limit of addresses is too low for it, the library returns an error.</summary>
    [Theory]
    [InlineData(100_000, "ENOMEM\n")]
    [InlineData(390_000, "ENOMEM\n")]
    [InlineData(450_000, "")]
    public void Too_few_addresses_are_an_error(int kilobytes, string said)
    {
        CommandResult lived = CProgram.Run(CProgram.Libraries, "sh", "-c", $"ulimit -v {kilobytes}; exec {CProgram.Compile("life")}");
        Assert.Equal((said, ""), (lived.Stdout, lived.Stderr));
    }

    [Fact]
    public void Without_the_private_library_it_is_said_what_is_missing()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Workspace.Temporary, "alone")).FullName;
        File.Copy(Path.Combine(CProgram.Libraries, "libip4tc.so.2"), Path.Combine(folder, "libip4tc.so.2"));
        Assert.Equal("ELIBACC\n", CProgram.Run(folder, CProgram.Compile("life")).Stdout);
    }

    private static string Undated(CommandResult said) => Date().Replace(said.Stdout + said.Stderr, "");

    [GeneratedRegex("([0-9]+) +mmap$", RegexOptions.Multiline)]
    private static partial Regex Calls();

    [GeneratedRegex("^# (Generated|Completed).*$", RegexOptions.Multiline)]
    private static partial Regex Date();
}
