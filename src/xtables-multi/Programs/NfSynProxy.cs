using System;
using System.Collections.Generic;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>nfsynproxy</c>: learns which TCP options servers offer, and prints SYNPROXY rules that offer the same.</summary>
internal static partial class NfSynProxy
{
    private const int Tcp = 6;
    private const int LongestDevice = 15; // IFNAMSIZ, less the NUL
    private const int Unanswered = 1;
    private const int Misused = 2;

    private static readonly ProgramOption[] s_options =
    [
        new('i', "interface", "interface", "Sends through this interface, not the one that routing selects."),
        new('p', "port", "port", "The servers' port, by number or name (80)."),
        new('c', "chain", "chain", "The chain that the rules are for (FORWARD)."),
        new('t', "timeout", "seconds", "How long to wait for each server's answer (3)."),
        new('h', "help", summary: "Shows its usage."),
    ];

    public static int Run(Invocation invocation)
    {
        ErrorReport errors = new("nfsynproxy");
        try
        {
            return Run(invocation, errors);
        }
        catch (OptionException e)
        {
            errors.Print(e);
            errors.TryHelp();
            return Misused;
        }
        catch (UsageException e)
        {
            errors.Line($"nfsynproxy: {e.Message}");
            errors.TryHelp();
            return Misused;
        }
        catch (KernelException e)
        {
            errors.Line($"nfsynproxy: {KernelErrors.Text(e)}");
            return Unanswered;
        }
    }

    private static int Run(Invocation invocation, ErrorReport errors)
    {
        OptionReader reader = new(invocation, s_options);
        byte[] device = [];
        byte[] chain = [.. "FORWARD"u8];
        ushort port = 80;
        int seconds = 3;
        for (char option; (option = reader.Next()) != '\0';)
        {
            byte[] value = reader.Value ?? [];
            switch (option)
            {
                case 'i':
                    device = value.Length is > 0 and <= LongestDevice ? value : throw Wrong(value, "interface name");
                    break;
                case 'p':
                    port = PortText.TryRead(value, Tcp, SystemNames.Instance, out ushort number) && number > 0 ? number : throw Wrong(value, "port, 1 to 65535");
                    break;
                case 'c':
                    CheckChain(value);
                    chain = value;
                    break;
                case 't':
                    seconds = Numerals.TryRead(value, 1, 3600, out ulong time) ? (int)time : throw Wrong(value, "time, 1 to 3600 seconds");
                    break;
                default:
                    Output help = new(StandardStreams.Output);
                    ProgramHelp.Write(Describe(Family.IPv4), "nfsynproxy", help);
                    help.Flush();
                    return 0;
            }
        }

        List<byte[]> servers = reader.Operands.ConvertAll(ReadAddress);
        if (servers.Count == 0)
        {
            throw new UsageException("which server? No address was given");
        }

        int status = 0;
        foreach (byte[] server in servers)
        {
            // All are probed, even after failures.
            if (!TryAsk(server, device, port, seconds, out TcpOffer offer, out string? reason))
            {
                errors.Line($"nfsynproxy: {AddressOf(server)}: {reason}");
                status = Unanswered;
                continue;
            }

            Output output = new(StandardStreams.Output);
            WriteRule(chain, server, port, offer, output);
            output.Flush();
        }

        return status;
    }

    private static bool TryAsk(byte[] server, byte[] device, ushort port, int seconds, out TcpOffer offer, out string? reason)
    {
        offer = default;
        try
        {
            using RawTcpSocket socket = new(server, device);
            reason = SynProbe.Ask(socket, server, port, seconds, out offer) switch
            {
                SynAnswer.Accepted => null,
                SynAnswer.Refused => $"nothing listens at port {port}: the connection is refused",
                _ when socket.Unreachable != 0 => $"no answer from port {port}: {KernelException.ErrorText(socket.Unreachable)}",
                _ => $"no answer from port {port} in {seconds} s",
            };
        }
        catch (KernelException e)
        {
            reason = (e.Operation, e.Errno) switch
            {
                ("socket", Errno.EPERM) => "only root may send raw packets",
                ("send", Errno.EPERM) => "a rule of this machine's own keeps the packet from leaving",
                ("setsockopt(SO_BINDTODEVICE)", _) => $"no interface \"{MessageText.Of(device)}\": {e.Message}",
                _ => e.Message,
            };
        }

        return reason is null;
    }

    /// <summary>Writes the rule so that iptables-restore, or a user after <c>iptables</c>, can take it.</summary>
    private static void WriteRule(byte[] chain, byte[] server, ushort port, TcpOffer offer, Output output)
    {
        output.Write("-A "u8);
        output.Write(chain);
        output.Write(" -d "u8);
        Addresses.Write(output, server);
        output.Write(" -p tcp --dport "u8);
        output.WriteNumber((ulong)port);
        output.Write(" -m state --state UNTRACKED,INVALID -j SYNPROXY"u8);
        output.Write(offer.SackPermitted ? " --sack-perm"u8 : default);
        output.Write(offer.Timestamps ? " --timestamp"u8 : default);
        if (offer.WindowScale is { } scale)
        {
            output.Write(" --wscale "u8);
            output.WriteNumber((ulong)scale);
        }

        if (offer.MaximumSegmentSize is { } size)
        {
            output.Write(" --mss "u8);
            output.WriteNumber((ulong)size);
        }

        output.Write((byte)'\n');
    }

    private static byte[] ReadAddress(byte[] word)
    {
        Span<byte> address = stackalloc byte[16];
        if (word.AsSpan().Contains((byte)'%'))
        {
            throw new UsageException($"name the interface of \"{MessageText.Of(word)}\" with -i, not behind a %");
        }

        return InetAddressText.TryParse(word, address[..4]) ? address[..4].ToArray()
            : InetAddressText.TryParse(word, address) ? address.ToArray()
            : throw Wrong(word, "address");
    }

    private static string AddressOf(byte[] server)
    {
        Output text = new(Output.Kept);
        Addresses.Write(text, server);
        return MessageText.Of(text.Written);
    }

    private static void CheckChain(byte[] name)
    {
        if (name is [] or [(byte)'-' or (byte)'!', ..] || name.Length > RuleLayout.MaxChainName
            || name.AsSpan().ContainsAnyInRange((byte)0, (byte)' ') || name.AsSpan().ContainsAny((byte)'"', (byte)'\'', (byte)'\\'))
        {
            throw Wrong(name, "chain name");
        }

        if (name.AsSpan().SequenceEqual("SYNPROXY"u8))
        {
            throw new UsageException("a chain cannot be called SYNPROXY: the rules would jump to it, not to the target of that name");
        }
    }

    private static UsageException Wrong(byte[] word, string what) => new($"\"{MessageText.Of(word)}\" is not a valid {what}");
}
