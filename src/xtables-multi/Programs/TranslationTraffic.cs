using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using Sharptables.Backends;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;
using Sharptables.Translation;

namespace Sharptables.Programs;

/// <summary>
/// Sends packets through the rules of this network namespace, in which nothing else is, and tells what they did: how many each rule took, and how many came
/// to the end of a hook. There they are dropped, so that nothing answers, and no time passes.
/// </summary>
/// <param name="rules">The rules, of which the packets are made.</param>
/// <param name="nft">The path of nft(8).</param>
internal sealed class TranslationTraffic(Editing.RuleSet rules, byte[] nft)
{
    private const int InputHook = 1, OutputHook = 3; // NF_INET_LOCAL_IN, NF_INET_LOCAL_OUT
    private const int Batch = 64; // of frames at once, which the kernel's queue has room for

    private readonly Family _family = rules.Extensions.Family;
    private readonly List<MadePacket> _packets = MadePacket.For(rules);
    private readonly Dictionary<string, string> _peers = new() { ["lo"] = "lo" };

    private bool IsIPv6 => _family.HasColonsInAddresses;

    /// <summary>How many packets there are.</summary>
    public int Count => _packets.Count;

    /// <summary>Sends the packets.</summary>
    /// <returns>What came out; null if they cannot be sent.</returns>
    public string? Send()
    {
        byte[]? ip = FromNft.FindProgram("ip");
        if (ip is null)
        {
            return null;
        }

        Permit();
        HashSet<string> devices = [], routes = [];
        StringBuilder links = new("link set lo up\nroute add local default dev lo\n"), ways = new("route del local default dev lo\n");
        foreach (MadePacket packet in _packets)
        {
            AddDevice(packet.In);
            AddDevice(packet.Out);
            links.Append(packet.Hook != OutputHook && packet.In != "lo" ? RouteTo(packet.Source, packet.In) : ""); // who asks for the way back finds it
            if (packet.Hook > InputHook && packet.Out != "lo")
            {
                ways.Append(RouteTo(packet.Destination, packet.Out));
            }
        }

        // What IPv6 does by itself is not to be counted.
        string noise = IsIPv6 ? "chain noise { type filter hook output priority -10000; icmpv6 type { 133, 135, 143 } drop; }" : "";
        Feed([nft, "-f"u8.ToArray(), "-"u8.ToArray()], $$"""
            table {{_family.NftName}} sharptables_check {
                {{noise}}
                chain input { type filter hook input priority 10000; counter drop; }
                chain postrouting { type filter hook postrouting priority 10000; counter drop; }
            }

            """);
        byte[] family = IsIPv6 ? "-6"u8.ToArray() : "-4"u8.ToArray();
        byte[][] batch = [ip, family, "-force"u8.ToArray(), "-batch"u8.ToArray(), "-"u8.ToArray()];
        Feed(batch, links.ToString());
        int sent = SendAll(static packet => packet.Hook <= InputHook);
        Feed(batch, ways.ToString());
        sent += SendAll(static packet => packet.Hook > InputHook);
        return sent == 0 ? null : Ends();

        string RouteTo(ReadOnlySpan<byte> address, string device)
        {
            Output to = new(Output.Kept);
            Addresses.Write(to, address);
            string way = MessageText.Of(to.Written);
            return routes.Add(way) ? $"route add {way} dev {device}\n" : "";
        }

        void AddDevice(string name)
        {
            if (name != "lo" && devices.Add(name))
            {
                string peer = Peer(devices.Count);
                _peers[name] = peer;
                links.Append($"link add {name} address 02:00:00:00:00:01 type veth peer name {peer}\nlink set {name} arp off addrgenmode none up\n");
                links.Append($"link set {peer} {(IsIPv6 ? "mtu 1279 " : "")}arp off up\n"); // with less than 1280 it has no IPv6 of its own
                links.Append(IsIPv6 ? $"address add 2001:db8:3:{devices.Count:x}::1/128 dev {name} nodad\n" : $"address add 198.18.{devices.Count & 0xff}.1/32 dev {name}\n");
            }
        }
    }

    private static string Peer(int number) => $"shpeer{number}";

    private int SendAll(Predicate<MadePacket> which)
    {
        int sent = 0;
        using PacketSender sender = new();
        foreach (MadePacket packet in _packets.FindAll(which))
        {
            byte last = packet.In == "lo" ? (byte)0 : (byte)1, first = packet.In == "lo" ? (byte)0 : (byte)2;
            bool isSent = packet.Hook == OutputHook ? sender.SendOwn(packet.Bytes, packet.Destination)
                : sender.SendFrame([first, 0, 0, 0, 0, last, first, 0, 0, 0, 0, 2, .. IsIPv6 ? (ReadOnlySpan<byte>)[0x86, 0xdd] : [8, 0], .. packet.Bytes], _peers[packet.In]);
            sent += isSent || packet.Hook == OutputHook ? 1 : 0; // a rule may drop what is sent
            if (sent % Batch == 0)
            {
                Thread.Sleep(1);
            }
        }

        string before;
        do
        {
            before = Ends();
            Thread.Sleep(20);
        }
        while (before != Ends());
        return sent;
    }

    /// <summary>How many packets came to the end of each hook.</summary>
    private string Ends()
    {
        _ = ChildProcess.Run([nft, "list"u8.ToArray(), "table"u8.ToArray(), Encoding.ASCII.GetBytes(_family.NftName), "sharptables_check"u8.ToArray()], out byte[] output);
        return Encoding.ASCII.GetString(output);
    }

    /// <summary>Has the kernel forward and take whatever comes, and answer as often as it is to.</summary>
    private void Permit()
    {
        string ipv4 = "/proc/sys/net/ipv4/", ipv6 = "/proc/sys/net/ipv6/";
        foreach ((string file, string value) in IsIPv6
            ? (ReadOnlySpan<(string, string)>)[
                ($"{ipv6}conf/default/disable_ipv6", "0"), ($"{ipv6}conf/default/accept_dad", "0"), ($"{ipv6}conf/default/accept_ra", "0"), ($"{ipv6}conf/all/forwarding", "1"),
                ($"{ipv6}icmp/ratelimit", "0"), ($"{ipv6}icmp/ratemask", "255")]
            : [
                ($"{ipv4}ip_forward", "1"), ($"{ipv4}conf/all/rp_filter", "0"), ($"{ipv4}conf/default/rp_filter", "0"), ($"{ipv4}conf/all/accept_local", "1"),
                ($"{ipv4}conf/all/route_localnet", "1"), ($"{ipv4}icmp_ratelimit", "0"), ($"{ipv4}icmp_ratemask", "0")])
        {
            try
            {
                int fd = FileDescriptor.Create(Encoding.ASCII.GetBytes(file));
                FileDescriptor.WriteAll(fd, Encoding.ASCII.GetBytes(value));
                FileDescriptor.Close(fd);
            }
            catch (KernelException)
            {
                // then fewer packets come that far, with either set of rules
            }
        }
    }

    /// <summary>Runs a program that reads a text.</summary>
    /// <returns>Its exit status.</returns>
    public static int Feed(byte[][] command, string text, bool showErrors = false)
    {
        (int read, int write) = FileDescriptor.OpenPipe();
        Thread writer = new(() =>
        {
            FileDescriptor.WriteAll(write, Encoding.Latin1.GetBytes(text));
            FileDescriptor.Close(write);
        });
        writer.Start();
        int status = ChildProcess.Run(command, new ChildStart { Input = read, Output = ChildStart.Nothing, Error = showErrors ? StandardStreams.Error : ChildStart.Nothing });
        FileDescriptor.Close(read);
        writer.Join();
        return status;
    }
}
