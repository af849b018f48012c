using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>iptables-apply: its help, and its errors about wrong words, beside the original's.</summary>
public sealed class ApplyUsageTests
{
    [Theory]
    [InlineData("nosuch", 2, "Error: rulesfile not readable: nosuch\nHint: No such file or directory\n")]
    [InlineData(".", 2, "Error: rulesfile not readable: .\nHint: Is a directory\n")]
    [InlineData("$(printf 'caf\\351')", 2, "Error: rulesfile not readable: caf\\xe9\nHint: No such file or directory\n")]
    [InlineData("-c new", 6, "Error: runcmd not executable: new\n")]
    [InlineData("-t 1x new", 1, "Error: timeout must be a positive number\n")]
    [InlineData("-t", 1, "iptables-apply: option requires an argument -- 't'\n")]
    public void What_cannot_be_begun_changes_nothing(string words, int status, string errors)
    {
        using ApplyMachine machine = ApplyMachine.Begin();
        File.SetUnixFileMode(Path.Combine(machine.Folder, "new"), UnixFileMode.UserRead);
        string before = machine.Saved;
        Assert.Equal((status, "", errors), machine.Try($"iptables-apply {words}"));
        Assert.Equal(before, machine.Saved);
    }

    [Theory]
    [InlineData("iptables-apply -V", "iptables-apply 1.1 -- a safer way to update iptables remotely\n")]
    [InlineData("iptables-apply -t 1x --version", "iptables-apply 1.1 -- a safer way to update iptables remotely\n")]
    [InlineData("ip6tables-apply -h", "ip6tables-apply 1.1 -- a safer way to update iptables remotely\n")]
    [InlineData("ip6tables-apply --help nosuch", "\nUsage: ip6tables-apply [-hV] [-t timeout]")]
    public void Help_and_version_are_on_standard_error(string script, string said)
    {
        using ApplyMachine machine = new();
        (int status, string output, string errors) = machine.Try(script);
        Assert.Equal((0, ""), (status, output));
        Assert.Contains(said, errors);
    }

    /// <summary>What the script that Debian has says and returns, with the legacy programs of the C original, in the same place.</summary>
    [Theory]
    [InlineData("printf y | iptables-apply new")]
    [InlineData("printf 'Yes\\n' | iptables-apply -w saved new; cat saved | grep -v '^#'")]
    [InlineData("printf n | iptables-apply new")]
    [InlineData("printf '\\n' | iptables-apply new")]
    [InlineData("printf ' y' | iptables-apply new")]
    [InlineData("iptables-apply -t +1 new")]
    [InlineData("sleep 3 | iptables-apply -t 1 new")]
    [InlineData("iptables-apply -t 0 new")]
    [InlineData("iptables-apply nosuch")]
    [InlineData("iptables-apply -t abc nosuch")]
    [InlineData("iptables-apply -t '' nosuch")]
    [InlineData("iptables-apply -t -1 nosuch")]
    [InlineData("iptables-apply -t 1.5 nosuch")]
    [InlineData("iptables-apply -t 99999999999999999999 nosuch")]
    [InlineData("iptables-apply -t")]
    [InlineData("iptables-apply -x")]
    [InlineData("iptables-apply --timeou")]
    [InlineData("iptables-apply --nosuch -h")]
    [InlineData("iptables-apply --command=x")]
    [InlineData("iptables-apply broken")]
    [InlineData("iptables-apply -c nosuch")]
    [InlineData("iptables-apply -c /bin/false")]
    [InlineData("printf y | iptables-apply -c ./change")]
    [InlineData("iptables-apply -w nosuch/saved nosuch")]
    [InlineData("ip6tables-apply nosuch")]
    [InlineData("ip6tables-apply broken")]
    public void Says_and_returns_what_the_original_does(string script)
    {
        (int Status, string Output, string FirstError)[] results = new (int, string, string)[2];
        string reference = Directory.CreateTempSubdirectory("sharptables-reference.").FullName;
        try
        {
            foreach (string name in new[] { "iptables", "ip6tables" })
            {
                File.CreateSymbolicLink(Path.Combine(reference, name + "-apply"), $"/usr/sbin/{name}-apply");
                foreach (string part in new[] { "", "-save", "-restore" })
                {
                    File.CreateSymbolicLink(Path.Combine(reference, name + part), $"/usr/sbin/{name}-legacy{part}");
                }
            }

            foreach (string? sbin in new[] { null, reference })
            {
                using ApplyMachine machine = new(sbin: sbin);
                machine.Write("new", "*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n");
                machine.Write("broken", "*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j NOSUCH\nCOMMIT\n");
                machine.Write("change", "#!/bin/sh\niptables -A INPUT -j ACCEPT\necho changed\n");
                (int status, string output, string errors) = machine.Try(script);
                results[sbin is null ? 0 : 1] = (status, output, errors.Split('\n')[0].Replace("1.8.10", "1.8.9", StringComparison.Ordinal));
            }
        }
        finally
        {
            Directory.Delete(reference, recursive: true);
        }

        Assert.Equal(results[1], results[0]);
    }
}
