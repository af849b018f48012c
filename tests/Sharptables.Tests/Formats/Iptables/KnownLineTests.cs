using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Formats.Iptables;

/// <summary>A line that is read by the pattern of a line before it means the same as when it is read alone.</summary>
public sealed class KnownLineTests
{
    private const int Lines = 4000;

    private static readonly string[] s_forms =
    [
        "-A {chain} -s {address} -p tcp -m tcp --dport {port} -j {target}",
        "-A {chain} -s {address} ! -d {address} -p tcp -m tcp --sport {port} --tcp-flags SYN,ACK SYN -m comment --comment {text} -j {target}",
        "-A {chain} -p udp --dport {port} -j {target}",
        "-A {chain} -m mark --mark {mark} -m limit --limit {rate} --limit-burst {number} -j LOG --log-prefix {text}",
        "-A {chain} -m tcp --dport {port} -p tcp -j {target}",
        "-A {chain} -s{address} -m comment --comment={text} -g {target}",
        "-A {chain} -i {device} -m multiport -p tcp --dports {port},{port} -j {target}",
        "-I {chain} {number} -s {address} -j {target}",
        "-A {chain} -m conntrack --ctstate NEW -m set --foo",
        "-A {chain} -o {device} -j {target}",
        "-A {chain} -p {protocol} -m mark ! --mark {mark}",
        "-A {chain} -m rateest --rateest1 x --rateest-bps1 {optional} --rateest-lt",
        "[{counter}:{counter}] -A {chain} -s {address} -p udp -j {target}",
        "[{counter}:{counter}] -A {chain} -j {target}",
        "-A {chain} -c {counter} {counter} -s {address} -j {target}",
        "-A {chain} -s ! {address} -c {counter} -d {address} -j {target}",
        "-D {chain} -p {protocol} --dport {port} -j {target}",
    ];

    private static readonly Dictionary<string, string[]> s_values = new()
    {
        ["chain"] = ["INPUT", "FORWARD", "OUTPUT", "POSTROUTING", "user", "KUBE-SEP-0001", new('c', 28), new('c', 29), "\"quoted\"", "!"],
        ["address"] = ["1.2.3.4", "10.0.0.0/8", "1.2.3.4,5.6.7.8", "\"9.9.9.9\"", "1.2.3.4/33", "!", "300.1.1.1/x"],
        ["port"] = ["1", "80", "22:23", "65535", "65536", "\"443\"", "0x10", "!", "-1"],
        ["target"] = ["ACCEPT", "DROP", "user", "other", "MARK", "LOG", "RETURN", "\"user\"", "KUBE-SVC-0002", new('t', 29), "REJECT"],
        ["text"] = ["plain", "\"two words\"", "\"a\\\"b\"", "\"\"", "\"unclosed", "\"x\"y", "a\"b c\"", "-A", "\"tab\there\""],
        ["mark"] = ["1", "0xff/0xff", "0x1/0x2", "x", "4294967296"],
        ["rate"] = ["3/hour", "10/s", "1/fortnight"],
        ["number"] = ["1", "5", "0", "x"],
        ["counter"] = ["0", "18446744073709551615", "5,6", "-1", "+1", "x", "1,", "\"7\""],
        ["device"] = ["eth0", "eth+", "+", new('d', 15), new('d', 16)],
        ["optional"] = ["8bit", "1kbit", "--rateest-delta", "\"8bit\"", "!", "x"],
        ["protocol"] = ["tcp", "udp", "6", "all"],
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Lines_mean_the_same_whatever_came_before_them(int seed)
    {
        Random random = new(seed);
        CommandLine remembering = NewCommandLine();
        int repeated = 0;
        for (int i = 0; i < Lines; i++)
        {
            byte[] line = Encoding.UTF8.GetBytes(Fill(s_forms[random.Next(s_forms.Length)], random));
            string alone = Meaning(() => Alone(line));
            string after = Meaning(() => Parse(remembering, line));
            Assert.True(alone == after, $"{Encoding.UTF8.GetString(line)}\nalone: {alone}\nafter: {after}");
            repeated += alone[0] == '-' ? 1 : 0;
        }

        Assert.True(repeated > Lines / 8, $"only {repeated} lines were good ones");
    }

    private static CommandLine NewCommandLine() => new(new ExtensionSet(Family.IPv4)) { RestoreProgram = "iptables-restore" };

    /// <summary>As nothing but the words of the line.</summary>
    private static Command? Alone(byte[] line)
    {
        Words words = new();
        ReadOnlySpan<byte> rule = WithoutCounters(line, out ReadOnlySpan<byte> packets, out ReadOnlySpan<byte> bytes);
        if (!packets.IsEmpty)
        {
            words.Add("-c"u8);
            words.Add(packets);
            words.Add(bytes);
        }

        RestoreWords.Split(rule, words);
        Command command = new(Family.IPv4) { Table = "filter"u8.ToArray() };
        return NewCommandLine().Parse(words, command) ? command : null;
    }

    private static Command? Parse(CommandLine commandLine, byte[] line) => commandLine.ParseLine(
        WithoutCounters(line, out ReadOnlySpan<byte> packets, out ReadOnlySpan<byte> bytes), "filter"u8.ToArray(), packets, bytes);

    private static ReadOnlySpan<byte> WithoutCounters(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> packets, out ReadOnlySpan<byte> bytes)
    {
        int end = line is [(byte)'[', ..] ? line.IndexOf("] "u8) : -1;
        int colon = line.IndexOf((byte)':');
        packets = end < 0 ? default : line[1..colon];
        bytes = end < 0 ? default : line[(colon + 1)..end];
        return end < 0 ? line : line[(end + 2)..];
    }

    private static string Fill(string form, Random random)
    {
        for (int open; (open = form.IndexOf('{', StringComparison.Ordinal)) >= 0;)
        {
            int close = form.IndexOf('}', open);
            string[] values = s_values[form[(open + 1)..close]];

            // The first values are valid, so that most lines are.
            string value = random.Next(4) == 0 ? values[random.Next(values.Length)] : values[random.Next(Math.Min(2, values.Length))];
            form = form[..open] + value + form[(close + 1)..];
        }

        return form;
    }

    /// <summary>The whole command as text, or the message of the error.</summary>
    private static string Meaning(Func<Command?> parse)
    {
        try
        {
            if (parse() is not { } command)
            {
                return "skipped";
            }

            StringBuilder text = new($"- {command.Kind} {Text(command.Chain)} {command.Number} {Text(command.Target)} {command.Options} {command.Verbosity} ");
            for (long i = 0; i < command.Rule.Context.Alternatives.Count; i++)
            {
                command.Rule.Choose(i);
                Rule rule = command.Rule.Build(command.Rule.Target is null ? Verdict.Accept : null, command.Counters);
                text.Append(Convert.ToHexString(rule.Bytes)).Append(' ');
            }

            return text.ToString();
        }
        catch (UsageException e)
        {
            return $"error: {e.Message}";
        }
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
