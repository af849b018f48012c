using System.Net;
using System.Net.Sockets;
using System.Text;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>The manual as readers see it: man(1) and mandoc(1) find nothing wrong with a page, and its examples do what it says.</summary>
public sealed class ManualTests
{
    private static readonly Lazy<string> s_manual = new(static () =>
    {
        string folder = Path.Combine(Workspace.Temporary, "man");
        using Machine machine = new(ProgramSet.Ours);
        CommandResult result = machine.Shell($"{ProgramSet.Ours.Source}/sharptables manual --all {folder}");
        Assert.Equal((0, "", ""), (result.ExitStatus, result.Stdout, result.Stderr));
        return folder;
    });

    public static IEnumerable<object[]> Pages => Files().Select(static file => new object[] { Path.GetRelativePath(s_manual.Value, file) });

    public static IEnumerable<object[]> Examples =>
        from file in Files()
        where new FileInfo(file).LinkTarget is null
        from example in ExamplesOf(File.ReadAllText(file))
        select new object[] { Path.GetFileName(file), example };

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_is_read_without_a_warning(string page)
    {
        using Machine machine = new(ProgramSet.Ours);
        CommandResult result = machine.Shell($"cd {s_manual.Value} && man --warnings -l {page} 2>&1 >/dev/null; mandoc -T lint {page}");
        Assert.Equal((0, "", ""), (result.ExitStatus, result.Stdout, result.Stderr));
    }

    [Fact]
    public void Every_name_has_a_page_and_whatis_knows_it()
    {
        using Machine machine = new(ProgramSet.Ours);
        CommandResult names = machine.Shell($"{ProgramSet.Ours.Source}/sharptables programs");
        foreach (string name in names.Stdout.TrimEnd('\n').Split('\n').Select(static link => link.Split('/')[^1]).Where(static name => name is not ("xtables-legacy-multi" or "xtables-nft-multi")))
        {
            CommandResult read = machine.Shell($"man -M {s_manual.Value} -w {name}");
            Assert.True(read.ExitStatus == 0, $"{name}: {read.Stderr}");
        }

        CommandResult whatis = machine.Shell($"cd {s_manual.Value} && lexgrog man8/iptables.8");
        Assert.Equal(
            "man8/iptables.8: \"iptables - sets up, maintains and shows the rules of the packet filter\"\n" +
            "man8/iptables.8: \"ip6tables - sets up, maintains and shows the rules of the packet filter\"\n",
            whatis.Stdout);
    }

    /// <summary>
    /// Each by itself: on a machine with an empty firewall and a web server, in an empty folder, as root; every question is answered with yes.
    /// </summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_does_what_it_says(string page, string example)
    {
        string folder = Directory.CreateTempSubdirectory("sharptables-example-").FullName;
        try
        {
            using Machine machine = new(ProgramSet.Ours);
            Assert.Equal(0, machine.Shell("ip link set lo up && ip address add 192.0.2.10/32 dev lo").ExitStatus);
            using TcpListener server = machine.Network.Run(static () =>
            {
                TcpListener listener = new(IPAddress.Parse("192.0.2.10"), 80);
                listener.Start();
                return listener;
            });
            string script = Path.Combine(folder, ".example");
            File.WriteAllText(script, $"set -e\n{example}\n");
            string chosen = page == "sharptables-migrate.8" ? "SHARPTABLES_INTERFACE=auto" : ""; // else it warns that somebody has set the other one
            CommandResult result = machine.Shell($"cd {folder} && export HOME={folder} PATH={machine.Programs.Source}:$PATH {chosen} && "
                + $"iptables -S > /dev/null && ip6tables -S > /dev/null && bash {script}", "y\n");
            Assert.True(result is { ExitStatus: 0, Stderr: "" }, $"{page}: {example}: {result.ExitStatus}, {result.Stderr}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("sharptables manual nosuch", 2)]
    [InlineData("sharptables manual --all", 2)]
    [InlineData("sharptables manual --all folder iptables", 2)]
    [InlineData("sharptables manual --all /dev/null/folder", 1)]
    [InlineData("sharptables manual --all /proc", 1)]
    [InlineData("sharptables manual iptables > /dev/full", 1)]
    public void What_cannot_be_done_is_said_in_one_line(string line, int status)
    {
        using Machine machine = new(ProgramSet.Ours);
        CommandResult result = machine.Shell($"PATH={machine.Programs.Source}:$PATH; {line}");
        Assert.Equal((status, ""), (result.ExitStatus, result.Stdout));
        Assert.StartsWith("sharptables manual: ", Assert.Single(result.Stderr.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Files() => Directory.GetFiles(s_manual.Value, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>The literal text in the section EXAMPLES, as it would be typed.</summary>
    private static IEnumerable<string> ExamplesOf(string page)
    {
        string section = page.Split("\n.SH EXAMPLES\n").ElementAtOrDefault(1) ?? "";
        foreach (string part in section.Split("\n.SH ")[0].Split("\n.EX\n").Skip(1))
        {
            StringBuilder text = new(part.Split("\n.EE\n")[0]);
            foreach ((string roff, string typed) in (ReadOnlySpan<(string, string)>)
                [(@"\&", ""), (@"\-", "-"), (@"\(aq", "'"), (@"\(dq", "\""), (@"\(ga", "`"), (@"\(ha", "^"), (@"\(ti", "~"), (@"\e", @"\")])
            {
                text.Replace(roff, typed);
            }

            yield return text.ToString();
        }
    }
}
