using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Net;
using System.Text;
using Sharptables.Testing;
using Xunit.Sdk;

namespace Sharptables.SystemTests.Packets;

/// <summary>
/// A router in a network namespace of its own, with the programs under test on it, and the far ends of its two cables:
/// <code>
///   lan 192.168.1.2 ---- 192.168.1.1 LAN1  router  WAN1 203.0.113.1 ---- 203.0.113.9 wan
///   lan fd00:1::2   ---- fd00:1::1   LAN1  router  WAN1 fd00:2::1   ---- fd00:2::9   wan
/// </code>
/// One family at a time. Forwarding is on; neighbours are known, so no packet waits for another. Fresh for each test: nothing
/// is left of the last.
/// </summary>
internal sealed class Lab : IDisposable
{
    /// <summary>How long a packet may take before it counts as lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly string _scratch = Directory.CreateTempSubdirectory("sharptables-lab.").FullName;
    private readonly IReadOnlyList<string> _variables;
    private readonly NetworkNamespace _router = new();
    private readonly NetworkNamespace _outside = new();
    private readonly bool _v6;
    private uint _mark;

    public Lab(bool v6 = false)
    {
        _v6 = v6;
        _variables = Command.ProgramsUnderTest(Path.Combine(_scratch, "xtables.lock"));
        if (!File.Exists(Path.Combine(Workspace.Sbin, "iptables")))
        {
            throw new InvalidOperationException($"no {Workspace.Sbin}/iptables: build first (make), or name the folder in SHARPTABLES_SBIN");
        }

        _outside.Run(static () => File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1"));
        Setting("ipv4/ip_forward", "1");
        if (v6)
        {
            Setting("ipv6/conf/all/forwarding", "1");
        }
        else
        {
            Setting("ipv6/conf/default/disable_ipv6", "1"); // whose chatter would be heard on the cables
        }

        Setting("ipv4/icmp_ratemask", "0"); // every REJECT is to be heard, also the second in a second
        string[] links =
        [
            $"link add LAN1 address {Packet.RouterLanMac} type veth peer name lan address {Packet.LanMac} netns {_outside.Path}",
            $"link add WAN1 address {Packet.RouterWanMac} type veth peer name wan address {Packet.WanMac} netns {_outside.Path}",
            "link set lo up", "link set LAN1 up", "link set WAN1 up",
        ];
        string[] addresses = v6
            ?
            [
                "addr add fd00:1::1/64 dev LAN1 nodad", "addr add fd00:2::1/64 dev WAN1 nodad",
                $"neigh add fd00:1::2 lladdr {Packet.LanMac} dev LAN1", $"neigh add fd00:2::9 lladdr {Packet.WanMac} dev WAN1",
                "route add default via fd00:2::9",
            ]
            :
            [
                "addr add 192.168.1.1/24 brd + dev LAN1", "addr add 203.0.113.1/24 brd + dev WAN1",
                $"neigh add 192.168.1.2 lladdr {Packet.LanMac} dev LAN1", $"neigh add 203.0.113.9 lladdr {Packet.WanMac} dev WAN1",
                "route add default via 203.0.113.9",
            ];
        // One batch on standard input: a start of ip for each line would be most of a test's time.
        Succeed(_router, ["ip", "-batch", "-"], string.Join('\n', [.. links, .. addresses, ""]));
        Succeed(_outside, ["ip", "-batch", "-"], "link set lan up\nlink set wan up\n");
        Lan = _outside.Run(static () => new Cable(InterfaceIndex("lan")));
        Wan = _outside.Run(static () => new Cable(InterfaceIndex("wan")));
        AwaitLinks();
    }

    public Cable Lan { get; }

    public Cable Wan { get; }

    /// <summary>Whether the rules are those of nf_tables: <c>SHARPTABLES_INTERFACE</c>, which the run's settings set.</summary>
    public bool IsOverNft { get; } = Environment.GetEnvironmentVariable("SHARPTABLES_INTERFACE") == "nft";

    private string Program => _v6 ? "ip6tables" : "iptables";

    /// <summary>A setting of the router's under /proc/sys/net.</summary>
    public void Setting(string name, string value) => _router.Run(() => File.WriteAllText("/proc/sys/net/" + name, value));

    /// <summary>
    /// Runs the commands on the router, divided by " ; ". One that starts with a dash is the rest of an iptables
    /// (or ip6tables) command; any other is a whole command, with quotes as a shell has them. Each must succeed.
    /// </summary>
    public void Run(string commands)
    {
        foreach (string command in commands.Split(" ; "))
        {
            List<string> words = ShellWords.Split(command) ?? throw new ArgumentException($"{command} needs a shell", nameof(commands));
            if (command.StartsWith('-'))
            {
                words.Insert(0, Program);
            }

            Succeed(_router, words, "");
        }
    }

    /// <summary>Does something where the router's files and sockets are.</summary>
    public void Inside(Action work) => _router.Run(work);

    /// <summary>Runs a script of the repository, or its original where <c>SHARED</c> has that, on the router.</summary>
    /// <returns>What it wrote to standard error.</returns>
    public string Scenario(string name)
    {
        string script = Path.Combine(Workspace.Shared ?? Workspace.PathOf("tests"), "scenarios", name);
        return _router.Run(new Command("sh", script) { Variables = _variables }.Run).Stderr;
    }

    /// <summary>
    /// Puts a packet on its way: from a cable, from a socket of the router's own, or by a command on the router that sends it:
    /// <c>run COMMAND</c>.
    /// </summary>
    public void Send(string words)
    {
        if (words.StartsWith("run ", StringComparison.Ordinal))
        {
            Run(words[4..]);
            return;
        }

        Send(new Packet(words, _v6));
    }

    /// <summary>Puts a packet on its way. The mark of one from a cable is given to it by a rule, alone in table raw.</summary>
    public void Send(Packet packet)
    {
        if (packet.In is not null && packet.Mark != _mark)
        {
            _mark = packet.Mark;
            Restore($"*raw\n{(_mark == 0 ? "" : $"-A PREROUTING -j MARK --set-mark {_mark}\n")}COMMIT\n");
        }

        switch (packet.From)
        {
            case "lan":
                Lan.Send(packet.Frame);
                break;
            case "wan":
                Wan.Send(packet.Frame);
                break;
            default:
                _router.Run(() =>
                {
                    using Socket socket = new(packet.Destination.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                    // The socket of the packet before may not be gone yet.
                    socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                    socket.SetRawSocketOption(1, 36, BitConverter.GetBytes(packet.Mark)); // SOL_SOCKET, SO_MARK, asm-generic/socket.h
                    socket.Bind(new IPEndPoint(packet.Source, packet.SourcePort));
                    try
                    {
                        socket.SendTo(packet.Payload, new IPEndPoint(packet.Destination, packet.DestinationPort));
                    }
                    catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
                    {
                        // A rule of the output chain has dropped it, which the kernel reports to the sender.
                    }
                });
                break;
        }
    }

    /// <summary>Waits for a packet and returns it as <see cref="FrameText"/> tells it; fails if none comes in time.</summary>
    /// <param name="heard">The cable, lan or wan, and what is heard there: see <see cref="FrameText.Fits"/>.</param>
    public string Expect(string heard)
    {
        Cable cable = heard.StartsWith("lan ", StringComparison.Ordinal) ? Lan : Wan;
        return cable.Find(heard[4..], Patience) ?? throw new XunitException(
            $"not heard: {heard}\nlan: {string.Join("; ", Lan.Heard())}\nwan: {string.Join("; ", Wan.Heard())}");
    }

    /// <summary>In a fresh lab of that version of IP: runs the commands, sends the packet, and expects the other one.</summary>
    public static void Sends(int ip, string commands, string packet, string heard)
    {
        using Lab lab = new(ip == 6);
        lab.Run(commands);
        lab.Send(packet);
        lab.Expect(heard);
    }

    /// <summary>Deletes all connections that the router tracks: <c>IPCTNL_MSG_CT_DELETE</c>, linux/netfilter/nfnetlink_conntrack.h.</summary>
    public void ForgetConnections() => _router.Run(static () =>
    {
        using NetfilterSocket socket = new();
        socket.Make(1 << 8 | 2, []);
    });

    /// <summary>Replaces the rules of the tables that are given.</summary>
    /// <param name="rules">In the save format.</param>
    public void Restore(string rules) => Succeed(_router, [Program + "-restore"], rules);

    /// <summary>A UDP socket on the router.</summary>
    /// <param name="port">Its port.</param>
    /// <param name="transparent">Whether it may have addresses that are not the router's.</param>
    /// <param name="address">Its address, if not any.</param>
    /// <param name="mark">The mark of what it sends.</param>
    public Socket Listen(int port, bool transparent = false, string? address = null, byte mark = 0) => _router.Run(() =>
    {
        Socket socket = new(_v6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        if (transparent)
        {
            // SOL_IPV6, IPV6_TRANSPARENT, linux/in6.h; SOL_IP, IP_TRANSPARENT, linux/in.h
            socket.SetRawSocketOption(_v6 ? 41 : 0, _v6 ? 75 : 19, [1, 0, 0, 0]);
        }

        socket.SetRawSocketOption(1, 36, [mark, 0, 0, 0]); // SOL_SOCKET, SO_MARK, asm-generic/socket.h
        socket.Bind(new IPEndPoint(address is null ? _v6 ? IPAddress.IPv6Any : IPAddress.Any : IPAddress.Parse(address), port));
        socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        return socket;
    });

    /// <summary>Makes an accounting object on the router: linux/netfilter/nfnetlink_acct.h.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="quota">The packets that are within its quota.</param>
    public void AddAccount(string name, byte quota) => _router.Run(() =>
    {
        using NetfilterSocket socket = new();
        socket.Make(7 << 8 | 0, // NFNL_SUBSYS_ACCT, NFNL_MSG_ACCT_NEW
        [
            .. NetfilterSocket.Attribute(1, Encoding.ASCII.GetBytes(name + '\0')), // NFACCT_NAME
            .. NetfilterSocket.Attribute(5, [0, 0, 0, 1]), // NFACCT_FLAGS: NFACCT_F_QUOTA_PKTS
            .. NetfilterSocket.Attribute(6, [0, 0, 0, 0, 0, 0, 0, quota]), // NFACCT_QUOTA
        ]);
    });

    /// <summary>Makes a timeout policy for UDP on the router: linux/netfilter/nfnetlink_cttimeout.h.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="seconds">The timeout of a connection without an answer.</param>
    public void AddTimeout(string name, byte seconds) => _router.Run(() =>
    {
        using NetfilterSocket socket = new();
        socket.Make(8 << 8 | 0, // NFNL_SUBSYS_CTNETLINK_TIMEOUT, IPCTNL_MSG_TIMEOUT_NEW
        [
            .. NetfilterSocket.Attribute(1, Encoding.ASCII.GetBytes(name + '\0')), // CTA_TIMEOUT_NAME
            .. NetfilterSocket.Attribute(2, [0, (byte)(_v6 ? 10 : 2)]), // CTA_TIMEOUT_L3PROTO: AF_INET6, AF_INET
            .. NetfilterSocket.Attribute(3, [17]), // CTA_TIMEOUT_L4PROTO
            .. NetfilterSocket.Attribute(0x8000 | 4, // NLA_F_NESTED, CTA_TIMEOUT_DATA
                NetfilterSocket.Attribute(1, [0, 0, 0, seconds])), // CTA_TIMEOUT_UDP_UNREPLIED
        ]);
    });

    /// <summary>A TCP server on the router.</summary>
    public Socket Serve(int port) => _router.Run(() =>
    {
        Socket socket = new(_v6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(_v6 ? IPAddress.IPv6Any : IPAddress.Any, port));
        socket.Listen();
        return socket;
    });

    /// <summary>A listener to what the router's NFLOG rules send to a group.</summary>
    public LogGroup ListenToLog(ushort group) => _router.Run(() => new LogGroup(group));

    /// <summary>The program that the router's NFQUEUE rules ask.</summary>
    public PacketQueue TakeFromQueue(ushort queue) => _router.Run(() => new PacketQueue(queue));

    /// <summary>A listener to the router's table of connections.</summary>
    public ConnectionEvents ListenToConnections() => _router.Run(static () => new ConnectionEvents());

    /// <summary>The packets that the rules of a chain have counted, in order, from <c>-L CHAIN -v -n -x</c>.</summary>
    public long[] Counters(string table, string chain)
    {
        string listing = Succeed(_router, [Program, "-t", table, "-L", chain, "-v", "-n", "-x"], "");
        return [.. listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2)
            .Select(static line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture))];
    }

    /// <summary>Standard output of a program on the router that has to succeed.</summary>
    public string Output(params string[] command) => Succeed(_router, command, "");

    /// <summary>Waits until the condition holds; false if it does not in time.</summary>
    public static bool Eventually(Func<bool> condition)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
            {
                return false;
            }

            Thread.Sleep(5);
        }

        return true;
    }

    public void Dispose()
    {
        Lan.Dispose();
        Wan.Dispose();
        _router.Dispose();
        _outside.Dispose();
        Directory.Delete(_scratch, recursive: true);
    }

    /// <summary>
    /// An interface whose other end comes up drops packets until the kernel's link watch, some time later, has seen that. So
    /// packets are sent through the router, either way, until they arrive. No rules are there yet to remember them.
    /// </summary>
    private void AwaitLinks()
    {
        foreach ((string way, Cable far) in new[] { ("lan>wan", Wan), ("wan>lan", Lan) })
        {
            bool arrived = Eventually(() =>
            {
                Send($"{way} udp sport=65000 dport=65000");
                return far.Hears("udp", TimeSpan.FromMilliseconds(20));
            });
            if (!arrived)
            {
                throw new InvalidOperationException($"the router does not forward {way}");
            }
        }

        Thread.Sleep(2); // for a second one that was on its way
        Lan.Forget();
        Wan.Forget();
    }

    private static int InterfaceIndex(string name) =>
        // Not /sys/class/net: that shows the namespace it was mounted in. This one shows the reader's.
        File.ReadLines("/proc/thread-self/net/dev_mcast").Select(static l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(f => f[1] == name).Select(static f => int.Parse(f[0], CultureInfo.InvariantCulture)).First();

    private string Succeed(NetworkNamespace place, IReadOnlyList<string> command, string input)
    {
        CommandResult result = place.Run(new Command(command[0], command.Skip(1)) { Variables = _variables, Stdin = input }.Run);
        return result.ExitStatus == 0 ? result.Stdout
            : throw new XunitException($"{string.Join(' ', command)}\nexit status {result.ExitStatus}\n{result.Stderr}{result.Stdout}");
    }
}
