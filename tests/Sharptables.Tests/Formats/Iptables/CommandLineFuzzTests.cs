using System.Globalization;
using System.Reflection;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.Tests.Formats.Iptables;

/// <summary>Whatever is typed is a command, or is refused with a message: no other exception comes out, and nothing hangs.</summary>
public sealed class CommandLineFuzzTests
{
    private const int Commands = 15_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static readonly string[] s_commands =
    [
        "-A INPUT -s 10.0.0.0/8 -d 192.168.1.1 -p tcp --dport 22 -j ACCEPT", "-I FORWARD 2 -i eth0 -o eth1+ ! -f -j DROP", "-D INPUT 1",
        "-R OUTPUT 1 -p udp -g chain", "-L -n -v -x --line-numbers", "-L INPUT 3 -Z", "-S", "-F INPUT", "-Z FORWARD 1", "-N chain", "-X chain",
        "-E chain other", "-P INPUT DROP -c 1 2", "-C INPUT -m tcp -p tcp --syn", "-t mangle -A PREROUTING -j MARK --set-mark 1", "-V", "-h",
        "-m conntrack -h", "-w 5 -L", "-w -W 10 -L", "-c 5,6 -A INPUT", "-4 -A INPUT", "-6 -A INPUT", "--append INPUT --protocol icmp --jump LOG",
        "-nvL INPUT", "-A INPUT -i ! eth0 -s ! 1.2.3.4", "--table=nat --list-rules", "-M /bin/true -L", "-A INPUT -s fe80::/10 -j RETURN",
        "-A INPUT -s 1.2.3.4,5.6.7.8/255.0.0.0 -d 1.2.3.0/24,4.4.4.4",
    ];

    private static readonly string[] s_values =
    [
        "", "!", "-", "--", "-1", "0", "1", "00", "0x", "0x10", "08", "65535", "65536", "4294967295", "4294967296", "18446744073709551615",
        "18446744073709551616", "99999999999999999999999999", ":", "1:", ":1", "1:2:3", "2:1", ",", "1,2", "1,,2", "/", "1/2", "0xff/0xff", "1.2.3.4",
        "::", "::1/128", "%", "1e9", "1.5", "+", "é", "\u0001", "\u00ff\u00fe", "a b", "\"", "\\", "|00|", "|0", "all", "none", "SYN,ACK SYN", "=", "a=b",
        new('x', 15), new('x', 16), new('x', 28), new('x', 29), new('x', 255), new('x', 256), new('x', 5000), new('1', 300), "*", "%d%s%n", "@", "&&", "0=0",
    ];

    private static readonly string[] s_options = Options();
    private static readonly HashSet<string> s_hostOptions = HostOptions();

    [Theory]
    [InlineData("IPv4")]
    [InlineData("IPv6")]
    public void Only_a_command_or_a_message_comes_of_words(string familyName)
    {
        Family family = Family.Named(familyName);
        Exception? failure = null;
        int taken = 0, refused = 0;
        Thread thread = new(() => failure = Fuzz(family, ref taken, ref refused));
        thread.Start();
        Assert.True(thread.Join(s_patience), "it hangs");
        Assert.True(failure is null, failure?.ToString());
        Assert.True(taken > Commands / 20 && refused > Commands / 20, $"{taken} taken, {refused} refused: one-sided");
    }

    [Theory]
    [InlineData("-A INPUT", 40_000)]
    [InlineData("-A INPUT -m comment --comment", 1)]
    [InlineData("!", 40_000)]
    [InlineData("-m tcp", 200)]
    [InlineData("-v", 40_000)]
    public void A_command_may_be_long(string words, int times)
    {
        List<string> all = [.. Enumerable.Repeat(words.Split(' '), times).SelectMany(static w => w), new string('a', 100_000)];
        Assert.Null(Try(new TableUnderTest("filter", Family.IPv4), all, out _));
    }

    private static Exception? Fuzz(Family family, ref int taken, ref int refused)
    {
        List<(string Table, List<string> Words)> corpus =
            [.. s_commands.Select(static c => ("filter", c.Split(' ').ToList())),
             .. SpecFile.Cases.Where(c => c.IsIPv6 == (family == Family.IPv6) && c.File is not ("Set" or "SetTarget"))
                .Select(static c => (c.Table, c.Words()?.Prepend(c.Chain).Prepend("-A").ToList() ?? []))];
        string[] pool = [.. corpus.SelectMany(static c => c.Words).Where(static w => w is not ("set" or "SET")).Distinct()];
        Random random = new(17 + (int)family.Sockets);
        Dictionary<string, TableUnderTest> tables = [];
        for (int i = 0; i < Commands; i++)
        {
            (string table, List<string> words) = corpus[random.Next(corpus.Count)];
            words = [.. words];
            for (int changes = random.Next(4); changes > 0; changes--)
            {
                Mutate(words, pool, random);
            }

            AskNoHosts(words);
            if (i % 500 == 0)
            {
                foreach (TableUnderTest old in tables.Values)
                {
                    old.Dispose();
                }

                tables.Clear();
            }

            if (!tables.TryGetValue(table, out TableUnderTest? test))
            {
                tables[table] = test = new TableUnderTest(table, family);
                test.Run("-N chain");
            }

            if (Try(test, words, out bool isTaken) is { } failure)
            {
                return new InvalidOperationException($"command {i}, {family}, {table}: {string.Join(" ", words.Select(static w => $"[{w}]"))}: {failure.Message}", failure);
            }

            taken += isTaken ? 1 : 0;
            refused += isTaken ? 0 : 1;
        }

        return null;
    }

    /// <returns>An exception other than a refusal; null when there was none.</returns>
    private static Exception? Try(TableUnderTest test, List<string> words, out bool isTaken)
    {
        isTaken = false;
        try
        {
            test.Output.Clear();
            test.Run(words);
            isTaken = true;
            return null;
        }
        catch (UsageException e)
        {
            return Enum.IsDefined(e.Shape) ? null : e;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static void Mutate(List<string> words, string[] pool, Random random)
    {
        int at = random.Next(words.Count + 1);
        bool isWord = at < words.Count;
        switch (random.Next(12))
        {
            case 0 when isWord:
                words.RemoveAt(at);
                break;
            case 1 when isWord:
                words.Insert(random.Next(words.Count), words[at]);
                break;
            case 2 when isWord:
                int other = random.Next(words.Count);
                (words[at], words[other]) = (words[other], words[at]);
                break;
            case 3:
                words.Insert(at, pool[random.Next(pool.Length)]);
                break;
            case 4 when isWord:
                words[at] = pool[random.Next(pool.Length)];
                break;
            case 5 when isWord:
                words[at] = s_values[random.Next(s_values.Length)];
                break;
            case 6:
                words.Insert(at, "!");
                break;
            case 7 when isWord && words[at].Length > 0:
                words[at] = words[at][..random.Next(words[at].Length)];
                break;
            case 8 when isWord && words[at].Length > 0:
                char[] letters = words[at].ToCharArray();
                letters[random.Next(letters.Length)] = (char)random.Next(1, 256);
                words[at] = new string(letters);
                break;
            case 9 when isWord:
                words[at] = words[at].Insert(random.Next(words[at].Length + 1), ((char)random.Next(1, 256)).ToString(CultureInfo.InvariantCulture));
                break;
            case 10 when isWord && at + 1 < words.Count:
                words[at] += "=" + words[at + 1];
                words.RemoveAt(at + 1);
                break;
            default:
                words.Insert(at, s_options[random.Next(s_options.Length)]);
                words.Insert(at + 1, s_values[random.Next(s_values.Length)]);
                break;
        }
    }

    private static string[] Options() =>
        [.. from extension in Extensions()
            from option in extension.Options
            from name in option.Aliases.Prepend(option.Name)
            select "--" + name];

    private static IEnumerable<Extension> Extensions() =>
        from entry in (ExtensionEntry[])[.. ExtensionList.Matches, .. ExtensionList.Targets]
        select entry.Build(Array.Find(Family.All(), family => (entry.Families & family.Bit) != 0)!);

    /// <summary>The options whose values may be names of hosts, which the system would be asked for, and perhaps the network.</summary>
    private static HashSet<string> HostOptions()
    {
        HashSet<string> names = ["source", "destination", "src", "dst"];
        foreach (Extension extension in Extensions())
        {
            foreach (Option option in extension.Options)
            {
                bool asks = option.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
                    .Select(f => f.GetValue(option)?.GetType().Name ?? "")
                    .Any(static n => n is "HostSyntax" or "AddressMaskSyntax" or "MaskSyntax" or "MappingSyntax" or "NetworkSyntax");
                if (asks || extension.Name is "NETMAP" or "recent")
                {
                    names.UnionWith(option.Aliases.Prepend(option.Name));
                }
            }
        }

        return names;
    }

    /// <summary>Puts blanks into the names of hosts, so that they are not looked up.</summary>
    private static void AskNoHosts(List<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                int equals = word.IndexOf('=', StringComparison.Ordinal);
                string name = equals < 0 ? word[2..] : word[2..equals];
                if (!s_hostOptions.Any(h => h.StartsWith(name, StringComparison.Ordinal)))
                {
                    continue;
                }

                words[i] = equals < 0 ? word : word[..(equals + 1)] + NoHost(word[(equals + 1)..]);
            }
            else if (word.StartsWith('-') && word.AsSpan().IndexOfAny('s', 'd') is > 0 and int at)
            {
                words[i] = word[..(at + 1)] + (at + 1 < word.Length ? NoHost(word[(at + 1)..]) : "");
            }
            else
            {
                continue;
            }

            for (int j = i + 1; j < words.Count && j <= i + 2; j++)
            {
                words[j] = words[j].StartsWith('-') || words[j] == "!" ? words[j] : NoHost(words[j]);
            }
        }
    }

    private static string NoHost(string value) =>
        value.Split(',', '/', '-').All(static p => p.Length == 0 || int.TryParse(p, out _) || System.Net.IPAddress.TryParse(p, out _)) ? value
            : value.Replace(",", " ,", StringComparison.Ordinal).Replace("/", " /", StringComparison.Ordinal).Replace("-", " -", StringComparison.Ordinal) + " ";
}
