using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Hints;
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
        new('\x05', "assume", "question", "Takes for granted what is not known, in the words in which the answer names it; with ! in front that it is not so."),
        new('\x06', "legacy", summary: "Only rules of the legacy interface."),
        new('\x07', "nft", summary: "Only rules of nf_tables."),
        new('4', "ipv4", summary: "A packet of IPv4."),
        new('6', "ipv6", summary: "A packet of IPv6."),
        new('v', "verbose", summary: "Shows the rules that leave the packet, too, and why."),
        Terminal.ColorOption,
        new('h', "help", summary: "Shows its options."),
    ];

    public bool AsksForHelp { get; private set; }

    public bool IsVerbose { get; private set; }

    public byte[]? Rules { get; private set; }

    public byte[]? Color { get; private set; }

    public PacketWay Way { get; private set; }

    public Family? Family { get; private set; }

    public KernelInterface? Through { get; private set; }

    /// <summary>What is taken for granted.</summary>
    public List<(string Text, bool Holds)> Assumed { get; } = [];

    /// <summary>What is said of the packet.</summary>
    public List<byte[]> Packet { get; } = [];

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
                if (word.Contains(':') && read.Family is null && i > 0 && words[i - 1].AsSpan().SequenceEqual("-s"u8))
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
