using System.Text.RegularExpressions;
using Sharptables.SystemTests.CLibraries;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Plugins;

/// <summary>Plugins of the tests' own, for a match that the kernel has and iptables has not. The programs called are the static ones.</summary>
public sealed partial class PluginTests
{
    private const string Rule = "-A INPUT -p udp -m l2tp --tid 7 --pversion 2 -j DROP";

    private static readonly Lazy<string> s_l2tp = new(static () => PluginProgram.Compile("l2tp"));

    /// <summary>All commands, with options that are data and in the older form, over either libxtables.</summary>
    [Theory]
    [InlineData("l2tp", false)]
    [InlineData("l2tp", true)]
    [InlineData("odd", false)]
    [InlineData("odd", true)]
    public void Every_command_does_what_the_original_does(string script, bool isOurs)
    {
        string folders = $"{PluginProgram.Compile("odd")}:{s_l2tp.Value}:{PluginProgram.Others}";
        string commands = $"sh {Workspace.PathOf("tests", "c-libraries", "plugins", script + ".sh")} PROGRAM {Path.GetTempFileName()} 2>&1";
        CommandResult original = Run(commands.Replace("PROGRAM", "iptables-legacy", StringComparison.Ordinal), folders, sbin: "/usr/sbin");
        Assert.Contains("-m l2tp --tid ", original.Stdout, StringComparison.Ordinal);
        CommandResult ours = Run(
            commands.Replace("PROGRAM", "iptables", StringComparison.Ordinal), folders, isOurs ? CProgram.Libraries : CProgram.Originals);
        Assert.Equal(Undated(original.Stdout), Undated(ours.Stdout));
    }

    /// <summary>A pipe cannot be read twice, nor a lock be taken twice.</summary>
    [Fact]
    public void What_was_given_is_there_after_the_turn() => Assert.Equal(
        $"{Rule}\n-A INPUT -p udp -m comment --comment \"\u00fc b\" -m l2tp --tid 8 --pversion 2\n0\n",
        Run($$"""
            printf '*filter\n{{Rule}}\nCOMMIT\n' | (sleep 0.1; cat) | iptables-restore -w 1
            iptables -w 1 -A INPUT -p udp -m comment --comment "$(printf '\374 b')" -m l2tp --tid 8 --pversion 2 <&- >&-
            iptables-save | grep -a '^-A'
            iptables -L -n >/dev/null 2>&-; echo $?
            """, s_l2tp.Value).Stdout);

    [Fact]
    public void A_call_that_meets_none_stays_static()
    {
        string traced = Run("for c in '-A INPUT -j ACCEPT' '-S' '-m tcp -h'; do strace -f -e execve iptables $c 2>&1 >/dev/null; done", s_l2tp.Value).Stdout;
        Assert.Equal(3, Execve().Count(traced));
        Assert.Equal(2, Execve().Count(Run("strace -f -e execve iptables -m l2tp -h 2>&1 >/dev/null", s_l2tp.Value).Stdout));
    }

    /// <summary>A file of rules may jump to more chains than there are files of plugins.</summary>
    [Theory]
    [InlineData("iptables-restore")]
    [InlineData("iptables-restore; iptables-save >/dev/null")]
    public void Folders_are_read_once_not_searched_for_each_chain(string commands)
    {
        string rules = string.Concat(Enumerable.Range(0, 50).Select(static i => $":c{i} - [0:0]\\n-A INPUT -j c{i}\\n"));
        string traced = Run($"printf '*filter\\n{rules}COMMIT\\n' | strace -f -e access sh -c '{commands}' 2>&1", s_l2tp.Value).Stdout;
        Assert.InRange(Regex.Count(traced, "/libip?x?t_.*ENOENT"), 0, 12);
    }

    /// <summary>A kernel has a plugin's rules when the plugin, or the program that hosts it, has gone.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("/none")]
    public void Without_it_a_rule_is_shown_as_unknown_and_a_save_fails(string without)
    {
        string alone = Path.Combine(Workspace.Temporary, Guid.NewGuid().ToString(), "sbin");
        Directory.CreateDirectory(alone);
        File.Copy(Path.Combine(Workspace.Sbin, "xtables-multi"), Path.Combine(alone, "xtables-multi"));
        CommandResult saved = Run($$"""
            iptables {{Rule}}; export SHARPTABLES_HINTS=always{{(without.Length == 0 ? "" : " XTABLES_LIBDIR=" + without)}}
            {{alone}}/xtables-multi iptables-save; echo $?
            {{alone}}/xtables-multi iptables {{Rule}}; echo $?
            """, s_l2tp.Value);
        Assert.Contains("-m l2tp [unknown revision 0: 07", saved.Stdout, StringComparison.Ordinal);
        Assert.EndsWith("COMMIT\n", saved.Stdout.Split('#')[^2] + "COMMIT\n", StringComparison.Ordinal);
        Assert.EndsWith("\n1\n2\n", saved.Stdout, StringComparison.Ordinal);
        Assert.Contains("Couldn't load match `l2tp':No such file or directory\n", saved.Stderr, StringComparison.Ordinal);
        Assert.Equal(without.Length == 0 ? 2 : 0, Regex.Count(saved.Stderr, "Hint: .*libxt_l2tp.so is a plugin.*\"make install\" installs it"));
    }

    /// <summary>What was listed before is written, and the plugin's exit status is the program's.</summary>
    [Fact]
    public void One_that_ends_the_program_does_not_take_the_output_with_it()
    {
        CommandResult saved = Run($"iptables {Rule}; XTABLES_LIBDIR={PluginProgram.Compile("l2tp", "-DENDS=5")} iptables-save; echo $?", s_l2tp.Value);
        Assert.EndsWith("-A INPUT -p udp -m l2tp --tid 7 --pversion 25\n", saved.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--do crash", "")]
    [InlineData("--ids 1 2", "-DLOAD=raise(SIGSEGV)")]
    [InlineData("--ids 1 2", "-DLOAD=volatile\tchar\tlarge[60<<20];large[0]=1;(void)large[0]")]
    public void One_that_crashes_is_named(string words, string load)
    {
        CommandResult crashed = Run($"iptables -A INPUT -p udp -m odd {words}; echo $?; iptables -S INPUT", Odd(load));
        Assert.Equal("139\n-P INPUT ACCEPT\n", crashed.Stdout);
        Assert.Matches("^(Notice: .*\n)?The plugin crashed: .*odd", crashed.Stderr);
    }

    [Theory]
    [InlineData("-DNOTHING")]
    [InlineData("-DVERSION=\"libxtables.so.11\"")]
    [InlineData("-DLOAD=exit(9)")]
    [InlineData("-DLOAD=puts(\"loaded\")")]
    [InlineData("-DLOAD=extern\tint\tnosuch(void);nosuch()")]
    public void One_that_cannot_be_used_is_refused_as_by_the_original(string fault)
    {
        const string Append = " -A INPUT -p udp -m odd --ids 1 2; echo $?";
        string folder = $"{Odd(fault)}:{PluginProgram.Others}"; // the original's matches are plugins, too
        CommandResult original = Run("iptables-legacy" + Append, folder, sbin: "/usr/sbin"), ours = Run("iptables" + Append, folder);
        Assert.Equal((original.Stdout, Undated(original.Stderr)), (ours.Stdout, Undated(ours.Stderr)));
    }

    [Theory]
    [InlineData("size=65504")]
    [InlineData("userspacesize=1L<<40")]
    [InlineData("udata_size=1L<<40")]
    public void An_impossible_size_is_refused(string size)
    {
        CommandResult refused = Run("iptables -A INPUT -p udp -m odd --ids 1 2; echo $?; iptables -S INPUT", Odd("-DLOAD=match." + size));
        Assert.Equal("1\n-P INPUT ACCEPT\n", refused.Stdout);
        Assert.Equal("iptables v1.8.10 (legacy): odd: its size is impossible\n", refused.Stderr);
    }

    /// <summary>The original prints the message, and then tells who called it that all is well.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public void An_error_is_one_whatever_status_it_has(int status)
    {
        CommandResult refused = Run($"iptables -A INPUT -p udp -m odd --do {status}; echo $?", Odd(""));
        Assert.Equal("1\n", refused.Stdout);
        Assert.EndsWith($"iptables v1.8.10 (legacy): odd: {status}\n\n", refused.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void One_without_help_says_that_it_has_none()
    {
        string Help(string iptables, string? sbin = null) => Run(iptables + " -m odd -h | tail -n 2", $"{Odd("")}:{PluginProgram.Others}", sbin: sbin).Stdout;
        Assert.Equal(Help("iptables-legacy", "/usr/sbin"), Help("iptables"));
    }

    [Theory]
    [InlineData("IPTABLES_LIB_DIR")]
    [InlineData("IP6TABLES_LIB_DIR")]
    public void The_older_names_of_the_variable_are_read_too(string name)
    {
        CommandResult added = Run($"{name}=$XTABLES_LIBDIR; unset XTABLES_LIBDIR; export {name}; iptables {Rule}; echo $?", s_l2tp.Value);
        Assert.Equal(("0\n", name + " is deprecated, use XTABLES_LIBDIR.\n"), (added.Stdout, added.Stderr));
    }

    /// <summary>As ssh looks at the folders of keys. Where only the owner may remove entries, as in <c>/tmp</c>, what lies below is safe.</summary>
    [Theory]
    [InlineData(0x1ff, 0x1ed, false)]
    [InlineData(0x1ed, 0x1ff, false)]
    [InlineData(0x1ed, 0x3ff, true)]
    [InlineData(0x3ff, 0x1ed, false)]
    public void In_a_folder_that_every_user_may_write_to_or_replace_it_is_not_loaded(int mode, int parentMode, bool isLoaded)
    {
        string parent = Directory.CreateDirectory(Path.Combine(Workspace.Temporary, Guid.NewGuid().ToString())).FullName, folder = parent + "/plugins";
        Directory.Move(PluginProgram.Compile("l2tp"), folder);
        File.SetUnixFileMode(folder, (UnixFileMode)mode);
        File.SetUnixFileMode(parent, (UnixFileMode)parentMode);
        CommandResult added = Run($"export SHARPTABLES_HINTS=always; iptables {Rule}; echo $?", folder);
        Assert.Equal(isLoaded ? "0\n" : "2\n", added.Stdout);
        Assert.Equal(!isLoaded, added.Stderr.Contains(
            $"Hint: {folder}/libxt_l2tp.so is not loaded: every user may put files into that folder, or another in its place.\n", StringComparison.Ordinal));
    }

    [Fact]
    public void One_that_comes_while_a_restore_reads_is_not_met_any_more()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Workspace.Temporary, Guid.NewGuid().ToString())).FullName;
        CommandResult restored = Run($$"""
            export SHARPTABLES_HINTS=always
            (echo '*filter'; sleep 0.5; cp {{s_l2tp.Value}}/libxt_l2tp.so {{folder}}; printf '%s\nCOMMIT\n' '{{Rule}}') | iptables-restore; echo $?
            """, folder);
        Assert.Equal("2\n", restored.Stdout);
        Assert.Contains("there was none when this program began. Start it again.", restored.Stderr, StringComparison.Ordinal);
    }

    /// <summary>Another program may stand in the place of the one that hosts plugins, and start it when it has set something up; or us.</summary>
    [Theory]
    [InlineData("alone", "2\n")]
    [InlineData("host", "0\n")]
    public void A_script_in_the_place_of_the_program_that_hosts_plugins_may_not_call_the_first_again(string called, string status)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Workspace.Temporary, Guid.NewGuid().ToString())).FullName;
        CommandResult refused = Run($$"""
            mkdir -p {{folder}}/sbin {{folder}}/libexec/sharptables
            cp {{Workspace.Sbin}}/xtables-multi {{folder}}/sbin
            alone={{folder}}/sbin/xtables-multi host={{PluginProgram.Host}}
            printf '#!/bin/sh\nexec %s iptables "$@"\n' "${{called}}" >{{folder}}/libexec/sharptables/xtables-multi
            chmod 755 {{folder}}/libexec/sharptables/xtables-multi
            export SHARPTABLES_HINTS=always
            timeout 5 $alone iptables {{Rule}}; echo $?
            """, s_l2tp.Value);
        Assert.Equal(status, refused.Stdout);
        Assert.Equal(called == "alone", refused.Stderr.Contains("it called this one again", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_libxtables_it_is_said_what_is_missing()
    {
        string empty = Directory.CreateDirectory(Path.Combine(Workspace.Temporary, Guid.NewGuid().ToString())).FullName;
        File.WriteAllText(Path.Combine(empty, "libxtables.so.12"), "");
        CommandResult refused = Run($"export SHARPTABLES_HINTS=always; iptables {Rule}; echo $?", s_l2tp.Value, empty);
        Assert.Equal("2\n", refused.Stdout);
        Assert.Contains("libxt_l2tp.so is a plugin for libxtables, which cannot be loaded: ", refused.Stderr, StringComparison.Ordinal);
    }

    /// <summary>Who runs a program with the rights of its owner must not choose what it loads.</summary>
    [Fact]
    public void The_environment_of_who_has_not_the_rights_does_not_count()
    {
        string lent = Path.Combine(Directory.CreateDirectory(Path.Combine("/var/tmp", Guid.NewGuid().ToString())).FullName, "iptables");
        try
        {
            File.Copy(Path.Combine(Workspace.Sbin, "xtables-multi"), lent);
            File.SetUnixFileMode(lent, (UnixFileMode)0x9ed);
            File.SetUnixFileMode(Path.GetDirectoryName(lent)!, (UnixFileMode)0x1ed);
            CommandResult refused = Run($"setpriv --reuid 65534 --clear-groups {lent} {Rule}; echo $?", s_l2tp.Value);
            Assert.Equal("2\n", refused.Stdout);
            Assert.Contains("Couldn't load match `l2tp':No such file or directory\n", refused.Stderr, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(lent)!, recursive: true);
        }
    }

    [Fact]
    public void Its_options_are_completed() => Assert.Equal(
        "--ptype\n--pversion\n",
        Run("sharptables completion --words iptables -A INPUT -m l2tp --p | cut -f1 | grep -v 'proto\\|policy' | sort", s_l2tp.Value).Stdout);

    /// <summary>A plugin of a name that is ours is left alone.</summary>
    [Fact]
    public void Ours_come_first()
    {
        string folder = PluginProgram.Compile("l2tp");
        File.Move(Path.Combine(folder, "libxt_l2tp.so"), Path.Combine(folder, "libxt_mark.so"));
        Assert.Equal("-A INPUT -m mark --mark 0x1\n", Run("iptables -A INPUT -m mark --mark 1; iptables-save | grep '^-A'", folder).Stdout);
    }

    /// <summary>Nor is one looked for where a name of ours is of the other kind, or for the other family.</summary>
    [Theory]
    [InlineData("iptables", "-m MARK", "MARK is a target: use -j MARK.")]
    [InlineData("iptables", "-j mark", "Names of targets are in upper case: MARK.")]
    [InlineData("ip6tables", "-m osf", "Only iptables has the match osf.")]
    public void A_name_of_ours_is_no_plugins(string program, string words, string hint)
    {
        foreach (string command in (string[])[$"{program} -A INPUT {words}", $"printf '*filter\n-A INPUT {words}\nCOMMIT\n' | {program}-restore"])
        {
            string traced = Run($"SHARPTABLES_HINTS=always; export SHARPTABLES_HINTS; {command} 2>&1 | grep Hint", PluginProgram.Others).Stdout;
            Assert.Contains($"Hint: {hint}\n", traced, StringComparison.Ordinal);
        }
    }

    private static string Odd(string fault) => PluginProgram.Compile("odd", fault.Length == 0 ? [] : [fault.Replace('\t', ' ')]);

    private static CommandResult Run(string script, string folders, string? libraries = null, string? sbin = null)
    {
        using NetworkNamespace network = new();
        Command command = new("sh", "-c", script) { Variables = PluginProgram.Variables(libraries ?? CProgram.Originals, folders, sbin) };
        return network.Run(command.Run);
    }

    /// <summary>Without what differs from one version and run to the next.</summary>
    private static string Undated(string text) => Version().Replace(text, "");

    [GeneratedRegex("^# (Generated|Completed).*|v1\\.8\\.[0-9]+", RegexOptions.Multiline)]
    private static partial Regex Version();

    [GeneratedRegex("^execve.* = 0$", RegexOptions.Multiline)]
    private static partial Regex Execve();
}
