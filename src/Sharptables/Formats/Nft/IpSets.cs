using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;

namespace Sharptables.Formats.Nft;

/// <summary>IP sets as <c>ipset save</c> writes them, each as a set of nft(8).</summary>
internal sealed class IpSets
{
    private readonly Dictionary<string, IpSet> _sets = [];

    /// <summary>Reads what <c>ipset save</c> wrote.</summary>
    /// <exception cref="FormatException">A line is none of its.</exception>
    public static IpSets Parse(string text)
    {
        IpSets sets = new();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["create", var name, var type, .. var options]:
                    sets._sets[name] = new IpSet(name, type, options, sets);
                    break;
                case ["add", var name, var entry, .. var options] when sets._sets.TryGetValue(name, out IpSet? set):
                    set.Add(entry, options);
                    break;
                case [['#', ..], ..] or []:
                    break;
                default:
                    throw new FormatException($"not a line of `ipset save': {line}");
            }
        }

        return sets;
    }

    /// <summary>The set of that name, or null.</summary>
    public IpSet? Find(string name) => _sets.GetValueOrDefault(name);

    /// <summary>An IP set.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type: <c>hash:ip,port</c>.</param>
    /// <param name="options">What follows.</param>
    /// <param name="others">The sets that a list may have.</param>
    internal sealed class IpSet(string name, string type, string[] options, IpSets others)
    {
        private readonly string[] _kinds = type[(type.IndexOf(':') + 1)..].Split(',');
        private readonly string? _timeout = After(options, "timeout") is { } seconds and not "0" ? seconds : null;
        private readonly string? _prefix = After(options, "netmask");
        private readonly bool _isIPv6 = After(options, "family") == "inet6";
        private readonly List<string> _elements = [];
        private string? _problem = Array.IndexOf(options, "wildcard") >= 0 ? "has names of interfaces that are beginnings of others" : null;

        /// <summary>Its name in nft.</summary>
        public string NftName => NftWords.NameFor(System.Text.Encoding.Latin1.GetBytes(name));

        /// <summary>What declares it, with its elements.</summary>
        public string Declaration
        {
            get
            {
                bool hasIntervals = _prefix is not null || Array.IndexOf(_kinds, "net") >= 0;
                string flags = (hasIntervals, _timeout) switch { (true, null) => "flags interval; ", (true, _) => "flags interval, timeout; ", (_, not null) => "flags timeout; ", _ => "" };
                string merge = hasIntervals && _kinds.Length == 1 && _timeout is null ? "auto-merge; " : "";
                string elements = _elements.Count == 0 ? "" : $" elements = {{ {string.Join(", ", _elements)} }};";
                return $"type {string.Join(" . ", Array.ConvertAll(_kinds, TypeOf))}; {flags}{(_timeout is null ? "" : $"timeout {_timeout}s; ")}{merge}".TrimEnd() + elements;
            }
        }

        /// <summary>Why nft cannot say that a packet is in it; null if it can.</summary>
        /// <param name="family">The family of the packets.</param>
        /// <param name="protocol">Their protocol, if it is known.</param>
        /// <param name="dimensions">How many of their parts are looked up.</param>
        public string? Problem(Family family, ushort protocol, int dimensions) =>
            _problem is not null ? $"IP set {name} {_problem}"
            : Array.Exists(_kinds, kind => TypeOf(kind) is null) ? $"IP set {name} is of type {type}, which nft does not have"
            : dimensions < _kinds.Length ? $"IP set {name} is asked for too few parts of the packet, and never matches"
            : _isIPv6 != family.HasColonsInAddresses && Array.Exists(_kinds, static kind => kind is "ip" or "net") ? $"IP set {name} has addresses of the other family, and never matches"
            : _kinds is ["port"] && protocol is not (6 or 17 or 132 or 136) ? $"IP set {name} has ports, but the rule names no protocol that has them"
            : null;

        /// <summary>What is looked up in it.</summary>
        /// <param name="family">The family of the packets.</param>
        /// <param name="flags">Bits 1 and on: whether it is the source of each part.</param>
        public string WordsFor(Family family, byte flags)
        {
            string[] words = new string[_kinds.Length];
            for (int i = 0; i < words.Length; i++)
            {
                bool isSource = (flags & (2 << i)) != 0;
                string direction = isSource ? "s" : "d";
                words[i] = _kinds[i] switch
                {
                    "port" => $"{(_kinds.Length > 1 ? "meta l4proto . " : "")}th {direction}port",
                    "mac" => $"ether {direction}addr",
                    "iface" => isSource ? "iifname" : "oifname",
                    "mark" => "meta mark",
                    _ => $"{family.NftName} {direction}addr",
                };
            }

            return string.Join(" . ", words);
        }

        /// <summary>The set as packets are asked for it.</summary>
        public Packets.IpSet Asked => field ??= new(_kinds, _isIPv6) { MarkMask = After(options, "markmask") is { } mask && TryNumber(mask, out uint bits) ? bits : uint.MaxValue };

        /// <summary>Adds an element to what packets are asked for.</summary>
        private void AddAsked(string[] words, bool isException)
        {
            if (Asked.IsList)
            {
                if (others.Find(words[0]) is { } member)
                {
                    Asked.Members.Add(member.Asked);
                }

                Asked.HasOthers |= others.Find(words[0]) is null;
                return;
            }

            Values?[] parts = new Values?[_kinds.Length];
            int prefix = 0;
            for (int i = 0; i < words.Length && i < parts.Length; i++)
            {
                if (ValuesOf(_kinds[i], i == 0 && _prefix is not null ? $"{words[i]}/{_prefix}" : words[i], ref prefix) is not { } values)
                {
                    Asked.HasOthers = true;
                    return;
                }

                parts[i] = values;
            }

            Asked.Add(parts, prefix, isException);
        }

        private Values? ValuesOf(string kind, string word, ref int prefix)
        {
            switch (kind)
            {
                case "ip" or "net":
                    string[] ends = word.Split('-');
                    string[] network = word.Split('/');
                    int width = _isIPv6 ? 128 : 32, length = network.Length > 1 && TryNumber(network[1], out uint bits) && bits <= width ? (int)bits : width;
                    UInt128 hosts = length == width ? 0 : (UInt128.One << (width - length)) - 1;
                    prefix += length;
                    return ends.Length == 2 ? TryAddress(ends[0], out UInt128 first) && TryAddress(ends[1], out UInt128 last) ? Values.Between(first, last) : null
                        : TryAddress(network[0], out UInt128 address) ? Values.Between(address & ~hosts, address | hosts) : null;
                case "port":
                    uint protocol = word.Split(':') is not [var named, _] ? 0 : named switch { "tcp" => 6, "udp" => 17, "sctp" => 132, "udplite" => 136, _ => uint.MaxValue };
                    string[] ports = word[(word.IndexOf(':') + 1)..].Split('-');
                    return protocol != uint.MaxValue && TryNumber(ports[0], out uint from) && TryNumber(ports[^1], out uint to) ? Values.Between((protocol << 16) | from, (protocol << 16) | to) : null;
                case "mac":
                    UInt128 mac = 0;
                    foreach (string part in word.Split(':'))
                    {
                        if (!byte.TryParse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte value))
                        {
                            return null;
                        }

                        mac = (mac << 8) | value;
                    }

                    return Values.Only(mac);
                case "iface" when !word.Contains(':', StringComparison.Ordinal) && word.Length < 16 && Array.IndexOf(options, "wildcard") < 0:
                    byte[] name = [.. System.Text.Encoding.Latin1.GetBytes(word), .. new byte[16 - word.Length]];
                    return Values.Only(BinaryPrimitives.ReadUInt128BigEndian(name));
                case "mark":
                    return TryNumber(word, out uint mark) ? Values.Only(mark) : null;
                default:
                    return null;
            }
        }

        private bool TryAddress(string word, out UInt128 address)
        {
            byte[] bytes = new byte[16], text = System.Text.Encoding.Latin1.GetBytes(word);
            bool isOne = _isIPv6 ? AddressText.TryParseIPv6(text, bytes) : AddressText.TryParseIPv4(text, bytes.AsSpan(12));
            address = BinaryPrimitives.ReadUInt128BigEndian(bytes);
            return isOne;
        }

        private static bool TryNumber(string word, out uint number) => word.StartsWith("0x", StringComparison.Ordinal)
            ? uint.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out number)
            : uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);

        /// <summary>Adds an element.</summary>
        public void Add(string entry, string[] options)
        {
            string[] parts = entry.Split(',');
            AddAsked([.. parts], Array.IndexOf(options, "nomatch") >= 0);
            string timeout = After(options, "timeout") ?? "";
            _problem ??= parts.Length != _kinds.Length ? $"has an element with a part missing: {entry}"
                : Array.IndexOf(options, "nomatch") >= 0 ? $"has an element that is an exception: {entry} nomatch"
                : _timeout is not null && timeout == "0" ? $"has an element that stays, among others that do not: {entry}"
                : null;
            for (int i = 0; i < parts.Length && _problem is null; i++)
            {
                parts[i] = ElementOf(_kinds[i], parts[i], i == 0 && _prefix is not null ? $"/{_prefix}" : "");
            }

            if (_problem is null)
            {
                _elements.Add($"{string.Join(" . ", parts)}{(_timeout is null ? "" : $" timeout {timeout}s")}");
            }
        }

        private string ElementOf(string kind, string part, string prefix)
        {
            switch (kind)
            {
                case "port" when _kinds.Length == 1:
                    return part;
                case "port" when part.Split(':') is [var protocol and ("tcp" or "udp" or "udplite" or "sctp"), var port]:
                    return $"{protocol} . {port}";
                case "port":
                    _problem = $"has an element that is no port: {part}";
                    return part;
                case "iface" when part.Contains(':', StringComparison.Ordinal):
                    _problem = $"has an interface of a bridge: {part}";
                    return part;
                case "iface":
                    return $"\"{part}\"";
                default:
                    return part + prefix;
            }
        }

        private string? TypeOf(string kind) => kind switch
        {
            "ip" or "net" => _isIPv6 ? "ipv6_addr" : "ipv4_addr",
            "port" => _kinds.Length > 1 ? "inet_proto . inet_service" : "inet_service",
            "mac" => "ether_addr",
            "iface" => "ifname",
            "mark" => "mark",
            _ => null,
        };

        private static string? After(string[] options, string word) => Array.IndexOf(options, word) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;
    }
}
