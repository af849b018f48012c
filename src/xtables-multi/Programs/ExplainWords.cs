using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>
/// The words of <c>sharptables explain</c>: options of its own, which have only long names where rules have others, and between them what is said of the
/// packet.
/// </summary>
internal sealed class ExplainWords
{
    /// <summary>The options that are not the packet's.</summary>
    public static ProgramOption[] Options { get; } =
    [
        new('\x01', "rules", "file", "The rules of this file, as iptables-save writes it; if not given, those in force."),
        new('\x02', "local", summary: "This machine makes the packet."),
        new('\x03', "to-local", summary: "The packet is for this machine."),
        new('\x04', "forward", summary: "The packet is forwarded; {--out-interface} says where to."),
        new('\x08', "routes", "file", "The routes of this file, as `ip route` lists them, and the machine's addresses: lines like `local 192.0.2.1`."),
        new('\x11', "sets", "file", "The IP sets that rules ask, as `ipset save` writes them; if not given, those of the kernel, if its rules are asked."),
        new('\x12', "time", "time", "The time at which rules are asked: 2026-12-24T18:00 or 2026-12-24T18:00+01:00; without an offset UTC."),
        new('\x0b', "pcap", "file", "The packets of this file, as tcpdump(8) writes it: pcap or pcapng."),
        new('\x0c', "number", "n", "Only the packet of this number in it."),
        new('\x0e', "hex", summary: "The packet's bytes, from the IP header or the Ethernet header on, are read from standard input as hexadecimal digits."),
        new('\x05', "assume", "question", "Takes for granted what is not known, in the words in which the answer names it; with ! in front that it is not so."),
        new('\x06', "legacy", summary: "Only rules of the legacy interface."),
        new('\x07', "nft", summary: "Only rules of nf_tables."),
        new('4', "ipv4", summary: "A packet of IPv4."),
        new('6', "ipv6", summary: "A packet of IPv6."),
        new('\x0f', "expect", "verdict", "ACCEPT, DROP, REJECT, BLOCK (either of both) or UNKNOWN: the exit status says whether it is so."),
        new('\x10', "json", summary: "Writes the answer as JSON."),
        new('v', "verbose", summary: "Shows the rules that leave the packet, too, and why."),
        Terminal.ColorOption,
        new('h', "help", summary: "Shows its options."),
    ];

    public bool AsksForHelp { get; private set; }

    public bool IsVerbose { get; private set; }

    public byte[]? Rules { get; private set; }

    /// <summary>The file of IP sets, or null.</summary>
    public byte[]? Sets { get; private set; }

    /// <summary>The time that is said, or null.</summary>
    public DateTimeOffset? Time { get; private set; }

    /// <summary>The file of captured packets, or null.</summary>
    public byte[]? Capture { get; private set; }

    /// <summary>The number of the packet in it, from 1; 0 for all.</summary>
    public int Number { get; private set; }

    public bool ReadsHex { get; private set; }

    public bool IsJson { get; private set; }

    /// <summary>What is expected: <see cref="Expectation"/>; null if nothing is.</summary>
    public string? Expected { get; private set; }

    public byte[]? Routes { get; private set; }

    public byte[]? Color { get; private set; }

    public PacketWay Way { get; private set; }

    public Family? Family { get; private set; }

    public KernelInterface? Through { get; private set; }

    /// <summary>What is taken for granted.</summary>
    public List<(string Text, bool Holds)> Assumed { get; } = [];

    /// <summary>What is said of the packet.</summary>
    public List<byte[]> Packet { get; } = [];

    /// <summary>Whether a word is an option that names a file.</summary>
    public static bool NamesFile(byte[] word)
    {
        string name = Encoding.UTF8.GetString(word);
        return Array.Exists(Options, option => option.Placeholder == "file" && name == $"--{option.Name}");
    }

    /// <summary>Whether a word is followed by another that belongs to it: an option of its own with a value, or one of rules with a letter.</summary>
    public static bool TakesValue(string word) =>
        Array.Find(Options, option => word == $"--{option.Name}" || (option.HasLetter && word == $"-{option.Letter}")) is { } own ? own.Words > 0
        : !word.Contains('=');

    /// <summary>Sorts the words.</summary>
    /// <exception cref="OptionException">An option lacks its value.</exception>
    public static ExplainWords Read(Invocation invocation)
    {
        ExplainWords read = new();
        ReadOnlySpan<byte[]> words = invocation.Words.Span;
        for (int i = 0; i < words.Length; i++)
        {
            string word = Encoding.UTF8.GetString(words[i]);
            int equals = word.IndexOf('=');
            string name = equals < 0 ? word : word[..equals];
            ProgramOption? option = Array.Find(Options, option => name == $"--{option.Name}" || (option.HasLetter && name == $"-{option.Letter}"));
            if (option is null)
            {
                if (word.Contains(':') && read.Family is null && i > 0 && words[i - 1].AsSpan() is [(byte)'-', (byte)'s' or (byte)'d'])
                {
                    read.Family = Model.Family.IPv6;
                }

                read.Packet.Add(words[i]);
                continue;
            }

            byte[]? value = option.Words == 0 ? null
                : equals >= 0 ? words[i][(equals + 1)..]
                : i + 1 < words.Length ? words[++i]
                : throw new OptionException($"{MessageText.Of(invocation.CalledAs)}: option '--{option.Name}' requires an argument");
            read.Take(option.Letter, value);
        }

        return read;
    }

    private void Take(char option, byte[]? value)
    {
        switch (option)
        {
            case '\x01':
                Rules = value;
                break;
            case '\x02':
                Way = PacketWay.FromHere;
                break;
            case '\x03':
                Way = PacketWay.ToHere;
                break;
            case '\x04':
                Way = PacketWay.Through;
                break;
            case '\x05':
                string text = Encoding.UTF8.GetString(value!).Trim();
                bool isInverted = text.StartsWith('!');
                Assumed.Add((isInverted ? text[1..].Trim() : text, !isInverted));
                break;
            case '\x06':
                Through = KernelInterface.Legacy;
                break;
            case '\x07':
                Through = KernelInterface.Nft;
                break;
            case '\x08':
                Routes = value;
                break;
            case '\x11':
                Sets = value;
                break;
            case '\x12':
                Time = DateTimeOffset.TryParse(Encoding.UTF8.GetString(value!), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
                    : throw new OptionException($"sharptables explain: --time {MessageText.Of(value)}: it is told as 2026-12-24T18:00");
                break;
            case '\x0b':
                Capture = value;
                break;
            case '\x0c':
                string number = Encoding.UTF8.GetString(value!);
                Number = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int which) && which > 0 ? which
                    : throw new OptionException($"sharptables explain: --number {MessageText.Of(value)}: it is a number from 1");
                break;
            case '\x0e':
                ReadsHex = true;
                break;
            case '\x0f':
                string expected = Encoding.UTF8.GetString(value!);
                Expected = Expectation.Is(expected) ? expected
                    : throw new OptionException($"sharptables explain: --expect {MessageText.Of(value)}: it is one of {string.Join(", ", Expectation.Words)}");
                break;
            case '\x10':
                IsJson = true;
                break;
            case '4' or '6':
                Family = Array.Find(Model.Family.All(), family => family.Letter == option);
                break;
            case 'v':
                IsVerbose = true;
                break;
            case 'h':
                AsksForHelp = true;
                break;
            default:
                Color = value;
                break;
        }
    }
}
