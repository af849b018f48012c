using System.Text;
using Sharptables.DifferentialTests.Running;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>The examples of every extension's <c>.manual</c>, each as root would type it on a machine without rules, over both interfaces.</summary>
public sealed class ExtensionManualTests
{
    /// <summary>The network that the examples speak of.</summary>
    private const string Interfaces = """
        set -e
        ip link add eth0 type veth peer name eth1
        ip link add wan0 type veth peer name wan1
        for interface in lo eth0 eth1 wan0 wan1; do ip link set $interface up; done
        ip address add 192.168.1.1/24 dev eth0
        ip address add 192.0.2.1/24 dev wan0
        ip address add 203.0.113.1/24 dev wan1
        """;

    private static readonly Dictionary<string, string> s_examples = Entries()
        .SelectMany(static each => ExtensionGuide.Of(each.Extension).Examples.Select((example, index) => ($"{each.Name}, example {index + 1}", example.Command)))
        .ToDictionary();

    public static IEnumerable<object[]> Examples =>
        from name in s_examples.Keys
        from overNft in (bool[])[false, true]
        select new object[] { name, overNft };

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_does_what_it_says(string name, bool overNft)
    {
        string example = s_examples[name];
        CommandResult result = Run(example, overNft);
        if (IsLacking(result, example))
        {
            result = Run(OnlyRead(example), overNft: false) with { Stderr = "" }; // it warns of what is lacking
        }

        Assert.True(result is { ExitStatus: 0, Stderr: "" }, $"{example}\n{result.ExitStatus}: {result.Stdout}{result.Stderr}");
    }

    private static IEnumerable<(string Name, Extension Extension)> Entries()
    {
        foreach ((string option, ExtensionEntry[] entries) in ((string, ExtensionEntry[])[])[("-m", ExtensionList.Matches.ToArray()), ("-j", ExtensionList.Targets.ToArray())])
        {
            foreach (ExtensionEntry entry in entries)
            {
                yield return ($"{option} {entry.Name}", entry.Build(Array.Find(Family.All(), family => (entry.Families & family.Bit) != 0)!));
            }
        }
    }

    private static CommandResult Run(string command, bool overNft)
    {
        string folder = Directory.CreateTempSubdirectory("sharptables-example-").FullName;
        try
        {
            using Machine machine = new(overNft ? ProgramSet.OursOverNft : ProgramSet.Ours);
            CommandResult made = machine.Shell(Interfaces);
            Assert.True(made.ExitStatus == 0, made.Stderr);
            File.WriteAllText(Path.Combine(folder, ".example"), $"set -e\n{command}\n");
            return machine.Shell($"cd {folder} && PATH={machine.Programs.Source}:$PATH exec bash .example");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Whether the machine has not got what an example needs: a program, a module of the kernel, SELinux.</summary>
    private static bool IsLacking(CommandResult result, string example) =>
        result.ExitStatus == 127 // a program
        || result.Stderr.Contains("missing kernel module?", StringComparison.Ordinal)
        || (example.Contains("--selctx", StringComparison.Ordinal) && !File.Exists("/sys/fs/selinux/enforce"));

    /// <summary>The rules of an example as <c>iptables-restore --test</c> reads them.</summary>
    private static string OnlyRead(string example)
    {
        StringBuilder commands = new();
        foreach (string line in example.Replace("\\\n", "", StringComparison.Ordinal).Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0].EndsWith("tables", StringComparison.Ordinal))
            {
                bool hasTable = words[1] == "-t";
                string rule = string.Join(' ', words[(hasTable ? 3 : 1)..]).Replace("'", "\"", StringComparison.Ordinal);
                commands.Append($"printf '%s\\n' '*{(hasTable ? words[2] : "filter")}' '{rule}' COMMIT | {words[0]}-restore --test\n");
            }
        }

        return commands.ToString();
    }
}
