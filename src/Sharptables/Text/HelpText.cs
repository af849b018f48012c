using System;
using Sharptables.Commands;
using Sharptables.Extensions;
using Sharptables.Kernel;

namespace Sharptables.Text;

/// <summary>Writes what <c>-h</c> prints: the command line, then every extension that was named before it.</summary>
public static class HelpText
{
    private const int Column = 32;

    /// <summary>Writes the help.</summary>
    /// <param name="command">The command line as far as it was read.</param>
    /// <param name="program">The program's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="output">Where to.</param>
    public static void Write(Command command, string program, string version, Output output)
    {
        WriteProgram(command.Family, program, version, output);
        for (int i = 0; i < command.Rule.Count; i++)
        {
            if (command.Rule[i].Extension.IsTarget)
            {
                WriteExtension(command.Rule[i].Extension, output);
            }
        }

        if (StandardVerdict.TryParse(command.Target.Span, out _) && (command.Options & CommandOptions.Goto) == 0)
        {
            output.Write("\nstandard match options:\n(If target is DROP, ACCEPT, RETURN or nothing)\n"u8);
        }

        for (int i = 0; i < command.Rule.Count; i++)
        {
            if (!command.Rule[i].Extension.IsTarget)
            {
                WriteExtension(command.Rule[i].Extension, output);
            }
        }
    }

    /// <summary>Writes an extension's options, a line each.</summary>
    public static void WriteExtension(Extension extension, Output output)
    {
        output.Write((byte)'\n');
        output.Write(extension.Name);
        if (extension.Options.Length == 0)
        {
            output.Write(" does not take any options\n"u8);
            return;
        }

        output.Write(extension.IsTarget ? " target options:\n" : " match options:\n");
        foreach (string name in extension.HelpFirst)
        {
            WriteOption(Array.Find(extension.Options, option => option.Name == name)!, output);
        }

        foreach (Option option in extension.Options)
        {
            if (Array.IndexOf(extension.HelpFirst, option.Name) < 0)
            {
                WriteOption(option, output);
            }
        }

        foreach (Option option in extension.Options)
        {
            WriteChoices(option, output);
        }
    }

    private static void WriteOption(Option option, Output output)
    {
        int start = output.Length;
        output.Write(option.CanInvert ? "[!] --"u8 : "    --"u8);
        output.Write(option.Name);
        foreach (string alias in option.Aliases)
        {
            output.Write(", --"u8);
            output.Write(alias);
        }

        if (option.Placeholder.Length > 0)
        {
            output.Write((byte)' ');
            output.Write(option.Placeholder);
        }

        WriteSummary(start, option.Summary, output);
    }

    /// <summary>Writes the words that an option may take, a line each, where its placeholder does not say them.</summary>
    private static void WriteChoices(Option option, Output output)
    {
        if (option.Choices.Count == 0 || option.Placeholder.Contains(option.Choices[0], StringComparison.Ordinal))
        {
            return;
        }

        output.Write("Words for --"u8);
        output.Write(option.Name);
        output.Write(":\n"u8);
        foreach (string choice in option.Choices)
        {
            output.Write("    "u8);
            output.Write(choice);
            output.Write((byte)'\n');
        }
    }

    /// <summary>Writes a summary in its column, on the next line when the option reaches into it; braces round other options' names are left out.</summary>
    private static void WriteSummary(int start, string summary, Output output)
    {
        if (output.Length - start >= Column)
        {
            output.Write((byte)'\n');
            start = output.Length;
        }

        output.PadFrom(start, Column);
        foreach (char c in summary)
        {
            if (c is not ('{' or '}'))
            {
                output.Write((byte)c);
            }
        }

        output.Write((byte)'\n');
    }

    private static void WriteProgram(Family family, string program, string version, Output output)
    {
        bool isIPv4 = family == Family.IPv4;
        output.Write($$"""
            {{program}} {{version}}

            Usage: {{program}} -[ACD] chain rule-specification [options]
                   {{program}} -I chain [rulenum] rule-specification [options]
                   {{program}} -R chain rulenum rule-specification [options]
                   {{program}} -D chain rulenum [options]
                   {{program}} -[LS] [chain [rulenum]] [options]
                   {{program}} -[FZ] [chain] [options]
                   {{program}} -[NX] chain
                   {{program}} -E old-chain-name new-chain-name
                   {{program}} -P chain target [options]
                   {{program}} -h (this text; after -m or -j, with that extension's options)

            Commands:
            A command is one letter or a long name; long names may be cut short.
              --append  -A chain            Put a rule at the end of a chain
              --check   -C chain            Exit with 0 if the chain has such a rule
              --delete  -D chain            Take away the first such rule
              --delete  -D chain rulenum    Take away a rule by its number, from 1
              --insert  -I chain [rulenum]  Put a rule before another (before the first)
              --replace -R chain rulenum    Put a rule in the place of another
              --list    -L [chain [rulenum]]
                                            Show rules in columns
              --list-rules -S [chain [rulenum]]
                                            Show rules as commands
              --flush   -F [chain]          Take away all rules
              --zero    -Z [chain [rulenum]]
                                            Set counters to zero
              --new     -N chain            Make a chain
              --delete-chain
                        -X [chain]          Take away an empty chain that no rule jumps to
              --policy  -P chain target     Set what happens at the end of a built-in chain
              --rename-chain
                        -E old-chain new-chain
                                            Give a chain another name

            Options:
                --ipv4        -4            {{(isIPv4 ? "No effect; ip6tables-restore skips such a line" : "Refused; ip6tables-restore skips such a line")}}
                --ipv6        -6            {{(isIPv4 ? "Refused; iptables-restore skips such a line" : "No effect; iptables-restore skips such a line")}}
            [!] --protocol    -p proto      The protocol, by name or number
            [!] --source      -s address[/mask][...]
                                            Where a packet comes from
            [!] --destination -d address[/mask][...]
                                            Where a packet goes to
            [!] --in-interface -i input name[+]
                                            The interface it came in by; + stands for any rest
                --jump        -j target     What is done with the packet
                --goto        -g chain      Go on in a chain that does not come back here
                --match       -m match      Load a match; its options follow
                --numeric     -n            Show addresses and ports as numbers
            [!] --out-interface -o output name[+]
                                            The interface it goes out by
                --table       -t table      The table to work on (filter)
                --verbose     -v            Say more; twice, show the kernel's entries
                --wait        -w [seconds]  How long to wait for the lock
                --line-numbers              Show the numbers of rules
                --exact       -x            Show counters in full
            {{(isIPv4 ? "[!] --fragment    -f            Only second and further fragments\n" : "")}}    --modprobe=<command>        The program that loads kernel modules
                --set-counters -c PKTS BYTES
                                            What the rule's counters begin with
            [!] --version     -V            Show the version

            """);
    }
}
