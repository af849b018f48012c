using System;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>sharptables</c>: what goes beyond iptables; for now, who we are.</summary>
internal static class SharptablesProgram
{
    private const string Usage = """
        Usage: sharptables --version
               sharptables --help

        Sharptables is iptables 1.8.10 written anew. The firewall itself is set up with
        iptables, ip6tables, and their -save and -restore.

        """;

    public static int Run(Invocation invocation)
    {
        string word = invocation.Words.IsEmpty ? "" : Encoding.UTF8.GetString(invocation.Words.Span[0]);
        Output output = new(StandardStreams.Output);
        switch (word)
        {
            case "--version" or "-V":
                output.Write($"sharptables {OwnVersion.Text} (behaves as iptables {Invocation.Version})\n");
                break;
            case "--help" or "-h" or "help":
                output.Write(Usage);
                break;
            default:
                Output errors = new(StandardStreams.Error);
                errors.Write(word.Length == 0 ? "sharptables: no command given\n" : $"sharptables: unknown command \"{word}\"\n");
                errors.Write(Usage);
                errors.Flush();
                return 2;
        }

        output.Flush();
        return 0;
    }
}
