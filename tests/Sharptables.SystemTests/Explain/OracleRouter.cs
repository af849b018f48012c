using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Sharptables.Backends;
using Sharptables.Backends.Legacy;
using Sharptables.Backends.Nft;
using Sharptables.Editing;
using Sharptables.Explain;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.SystemTests.Packets;
using Sharptables.Text;
using Packet = Sharptables.Testing.Packet;

namespace Sharptables.SystemTests.Explain;

/// <summary>
/// A router that tells what its kernel does with a packet: which rules counted it, and what came out. A table of nf_tables around all others logs what
/// passes, and keeps what the router answers from the rules.
/// </summary>
internal sealed class OracleRouter : IDisposable
{
    private const ushort Group = 7;
    private const int Priority = 0x12345678; // of the packets that a test sends, SO_PRIORITY
    private const int SocketLevel = 1, PriorityOption = 12, HeaderIncluded4 = 3, HeaderIncluded6 = 36, V6Level = 41; // SOL_SOCKET, SO_PRIORITY, IP_HDRINCL, IPV6_HDRINCL, SOL_IPV6

    private readonly Lab _lab;
    private readonly bool _v6;
    private readonly LogGroup _log;
    private readonly Socket _socket;
    private readonly ExtensionSet _extensions;
    private readonly ITables _tables;
    private readonly List<Table> _read = [];
    private IReadOnlyList<string> _names = [];
    private Dictionary<(string Table, string Chain), ulong[]> _counts = [];

    public OracleRouter(bool v6, bool overNft)
    {
        _v6 = v6;
        _lab = new Lab(v6);
        foreach (string end in (string[])["all", "default", "LAN1", "WAN1"])
        {
            _lab.Setting($"ipv4/conf/{end}/send_redirects", "0");
        }

        if (v6)
        {
            _lab.Setting("ipv6/icmp/ratelimit", "0");
        }

        string[] hosts = v6
            ? ["LAN1 fd00:1::77", "LAN1 fd00:1::9", "LAN1 fd00:1::7", "WAN1 fd00:2::2", "WAN1 fd00:2::77"]
            : ["LAN1 192.168.1.77", "LAN1 192.168.1.9", "LAN1 192.168.1.7", "WAN1 203.0.113.2", "WAN1 203.0.113.77"];
        foreach (string host in hosts)
        {
            string[] parts = host.Split(' ');
            _lab.Run($"ip neigh add {parts[1]} lladdr {(parts[0] == "LAN1" ? Packet.LanMac : Packet.WanMac)} dev {parts[0]}");
        }

        _lab.Run($$"""
            nft 'table inet fence {
            chain output { type filter hook output priority -450;
              meta priority 1234:5678 accept
              meta l4proto tcp tcp flags & rst == rst log prefix "answer" group {{Group}}
              icmp type { destination-unreachable, time-exceeded } log prefix "answer" group {{Group}}
              icmpv6 type { destination-unreachable, time-exceeded } log prefix "answer" group {{Group}}
              drop
            }
            chain forward { type filter hook forward priority 1000; ct state invalid counter; }
            chain input { type filter hook input priority 1000; log prefix "in" group {{Group}}; }
            chain postrouting { type filter hook postrouting priority 1000;
              oifname LAN1 log prefix "LAN1" group {{Group}}
              oifname WAN1 log prefix "WAN1" group {{Group}}
              oifname lo log prefix "lo" group {{Group}}
            }
            }'
            """);
        _extensions = new ExtensionSet(v6 ? Family.IPv6 : Family.IPv4);
        _tables = overNft ? new NftTables(_extensions) : new LegacyTables(_extensions);
        (_log, _socket) = (null!, null!);
        LogGroup? log = null;
        Socket? socket = null;
        _lab.Inside(() =>
        {
            log = new LogGroup(Group);
            socket = new Socket(v6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Raw, (ProtocolType)255); // IPPROTO_RAW
            socket.SetRawSocketOption(v6 ? V6Level : 0, v6 ? HeaderIncluded6 : HeaderIncluded4, BitConverter.GetBytes(1));
            socket.SetRawSocketOption(SocketLevel, PriorityOption, BitConverter.GetBytes(Priority));
        });
        (_log, _socket) = (log!, socket!);
    }

    /// <summary>What is put around a ruleset: no rules, no connections, but those that some packets belong to.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="before">The packets that begin the connections.</param>
    /// <returns>The tables, as they are in force.</returns>
    public AskedTables Load(GeneratedRules rules, IEnumerable<string> before)
    {
        AskedTables asked = new(_extensions.Family);
        Packet[] packets = [.. before.Select(words => new Packet(words, _v6))];
        _lab.ForgetConnections();
        _lab.Inside(() =>
        {
            Clear();
            foreach (Packet packet in packets)
            {
                Send(packet);
            }

            string text = rules.ToString();
            using Restore restore = new(_tables, new RestoreOptions("iptables-restore"), new Output(Output.Nowhere), static _ => { }, null);
            _names = [.. rules.Tables.Select(static table => table.Name)];
            restore.Run(new LineReader(System.Text.Encoding.ASCII.GetBytes(text)));
            foreach (string name in _names)
            {
                Table table = Read(name);
                _read.Add(table);
                asked.Add(table, _extensions, _tables.Interface);
            }

            _counts = Count();
            _ = Heard();
        });
        return asked;
    }

    /// <summary>Sends a packet, and tells what became of it.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="isExpected">Whether that is what is expected; if not, it may not be all yet.</param>
    public Observation Observe(Packet packet, Func<Observation, bool> isExpected)
    {
        Observation seen = new(new SortedDictionary<string, int>(), []);
        _lab.Inside(() =>
        {
            Send(packet);
            List<(string Prefix, byte[] Packet, uint Mark)> heard = [];
            Dictionary<(string, string), ulong[]> counts = _counts;
            for (int wait = 0; wait < 50; wait++)
            {
                counts = Count();
                heard.AddRange(Heard());
                seen = new(Risen(counts), heard);
                if (isExpected(seen))
                {
                    break;
                }

                Thread.Sleep(wait > 3 ? 2 : 0);
            }

            _counts = counts;
        });
        return seen;
    }

    public void Dispose()
    {
        _lab.Inside(Clear);
        _tables.Dispose();
        _socket.Dispose();
        _log.Dispose();
        _lab.Dispose();
    }

    private void Clear()
    {
        foreach (string name in _names)
        {
            _tables.Clear(System.Text.Encoding.ASCII.GetBytes(name));
        }

        _read.ForEach(static table => table.Dispose());
        _read.Clear();
        _names = [];
    }

    private Table Read(string name)
    {
        Table table = _tables.Read(System.Text.Encoding.ASCII.GetBytes(name));
        _tables.Complete(table, only: null);
        return table;
    }

    private void Send(Packet packet)
    {
        if (packet.From != "router")
        {
            (packet.From == "lan" ? _lab.Lan : _lab.Wan).Send(packet.Frame);
            return;
        }

        try
        {
            _socket.SendTo(packet.Bytes, new IPEndPoint(packet.Destination, 0));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AccessDenied)
        {
            // A rule has dropped it, which the kernel reports to the sender.
        }
    }

    private List<(string Prefix, byte[] Packet, uint Mark)> Heard()
    {
        List<(string, byte[], uint)> heard = [];
        while (_log.HasAny)
        {
            heard.Add(_log.Receive());
        }

        return heard;
    }

    /// <summary>The counters of all rules.</summary>
    private Dictionary<(string Table, string Chain), ulong[]> Count()
    {
        Dictionary<(string, string), ulong[]> counts = [];
        foreach (string name in _names)
        {
            using Table table = Read(name);
            foreach (Chain chain in table.Chains)
            {
                List<ulong> each = [];
                foreach (Rule rule in table.Rules(chain))
                {
                    each.Add(rule.Counters.Packets);
                }

                counts.Add((name, MessageText.Of(chain.Name)), [.. each]);
            }
        }

        return counts;
    }

    private SortedDictionary<string, int> Risen(Dictionary<(string Table, string Chain), ulong[]> counts)
    {
        SortedDictionary<string, int> risen = new(StringComparer.Ordinal);
        foreach (((string table, string chain), ulong[] now) in counts)
        {
            ulong[] before = _counts[(table, chain)];
            for (int i = 0; i < now.Length; i++)
            {
                if (now[i] != before[i])
                {
                    risen.Add(Observation.Key(table, chain, i + 1), (int)(now[i] - before[i]));
                }
            }
        }

        return risen;
    }
}
