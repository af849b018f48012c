using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using Sharptables.Editing;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Translation;

namespace Sharptables.Programs;

/// <summary>
/// Sends packets through the rules of this network namespace, in which nothing else is, and tells what they did: how many each rule took, and how many came
/// to the end of a hook. There they are dropped, so that nothing answers, and no time passes.
/// </summary>
/// <param name="rules">The rules, of which the packets are made.</param>
/// <param name="nft">The path of nft(8).</param>
internal abstract class TranslationTraffic(RuleSet rules, byte[] nft)
{
    private const int Batch = 64; // of frames at once, which the kernel's queue has room for

    private readonly Dictionary<string, string> _peers = [];

    /// <summary>How many packets there are.</summary>
    public int Count => Packets.Count;

    /// <summary>The packets.</summary>
    protected List<MadePacket> Packets { get; } = MadePacket.For(rules);

    /// <summary>The family of the rules.</summary>
    protected Family Family => rules.Extensions.Family;

    /// <summary>The hooks at whose end packets are counted, and dropped.</summary>
    protected abstract string[] Ends { get; }

    /// <summary>A chain of nft(8) that keeps out what is not to be counted; empty if there is nothing.</summary>
    protected virtual string Noise => "";

    /// <summary>What traffic of a family needs.</summary>
    public static TranslationTraffic For(RuleSet rules, byte[] nft)
    {
        Family family = rules.Extensions.Family;
        return family.XTables is not null ? new IPTraffic(rules, nft) : family.HasEtherTypes ? new BridgeTraffic(rules, nft) : new ArpTraffic(rules, nft);
    }

    /// <summary>Sends the packets.</summary>
    /// <returns>What came out; null if they cannot be sent.</returns>
    public string? Send()
    {
        byte[]? ip = FromNft.FindProgram("ip");
        if (ip is null || Count == 0)
        {
            return null;
        }

        StringBuilder chains = new(Noise);
        foreach (string hook in Ends)
        {
            chains.Append($"chain {hook} {{ type filter hook {hook} priority 10000; counter drop; }}\n");
        }

        Permit();
        if (Feed([nft, "-f"u8.ToArray(), "-"u8.ToArray()], $"table {Family.NftName} sharptables_check {{\n{chains}}}\n", showErrors: true) != 0)
        {
            return null;
        }

        int sent = Send((commands, which) =>
        {
            Feed([ip, .. Options, "-force"u8.ToArray(), "-batch"u8.ToArray(), "-"u8.ToArray()], commands);
            return SendAll(which);
        });
        return sent == 0 ? null : Counted();
    }

    /// <summary>Options of ip(8).</summary>
    protected virtual byte[][] Options => [];

    /// <summary>Has interfaces made, and packets sent.</summary>
    /// <param name="send">Runs lines of commands for ip(8), and sends some packets.</param>
    /// <returns>How many were sent.</returns>
    protected abstract int Send(Func<string, Predicate<MadePacket>, int> send);

    /// <summary>Sends a packet.</summary>
    /// <param name="sender">What sends it.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="peer">The other end of the cable that it comes in by.</param>
    /// <returns>Whether it went; a rule may drop what this machine sends.</returns>
    protected abstract bool Send(PacketSender sender, MadePacket packet, string peer);

    /// <summary>Has the kernel take whatever comes.</summary>
    protected virtual void Permit()
    {
        // nothing has to be said
    }

    /// <summary>Writes a setting of the kernel's.</summary>
    protected static void Set(string file, string value)
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

    /// <summary>The commands that make each interface, a cable with two ends.</summary>
    /// <param name="options">What is set of the end that rules see.</param>
    /// <param name="peers">What is set of the other.</param>
    /// <param name="more">More commands, for the name and number of the end that rules see.</param>
    protected string Cables(string options, string peers, Func<string, int, string> more)
    {
        StringBuilder links = new("link set lo up\n");
        _peers.Clear();
        _peers.Add("lo", "lo");
        foreach (MadePacket packet in Packets)
        {
            Add(packet.In);
            Add(packet.Out);
        }

        return links.ToString();

        void Add(string name)
        {
            string peer = $"shpeer{_peers.Count}";
            if (_peers.TryAdd(name, peer))
            {
                links.Append($"link add {name} address 02:00:00:00:00:01 type veth peer name {peer}\nlink set {name} {options}\nlink set {peer} {peers}\n{more(name, _peers.Count)}");
            }
        }
    }

    private int SendAll(Predicate<MadePacket> which)
    {
        int sent = 0;
        using PacketSender sender = new();
        foreach (MadePacket packet in Packets.FindAll(which))
        {
            sent += Send(sender, packet, _peers[packet.In]) || packet.IsOwn ? 1 : 0;
            if (sent % Batch == 0)
            {
                Thread.Sleep(1);
            }
        }

        string before;
        do
        {
            before = Counted();
            Thread.Sleep(20);
        }
        while (before != Counted());
        return sent;
    }

    /// <summary>How many packets came to the end of each hook.</summary>
    private string Counted()
    {
        _ = ChildProcess.Run([nft, "list"u8.ToArray(), "table"u8.ToArray(), Encoding.ASCII.GetBytes(Family.NftName), "sharptables_check"u8.ToArray()], out byte[] output);
        return Encoding.ASCII.GetString(output);
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
