using System.Buffers.Binary;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using Sharptables.Testing;

namespace Sharptables.DifferentialTests.Running;

/// <summary>
/// One table as GET_ENTRIES returns it (linux/netfilter_ipv4/ip_tables.h, linux/netfilter_ipv6/ip6_tables.h). Nothing has to be masked:
/// the kernel returns only the part of an extension's data that is the user's and zeroes the rest, and the state it computes itself
/// (comefrom) follows from the rules.
/// </summary>
public sealed class RawTable
{
    private const int GetInfo = 64;
    private const int GetEntries = 65;
    private const int NameSize = 32;
    private const int InfoSize = 84;
    private const int EntriesHeader = 40;
    private const int NumHooks = 5;

    private readonly bool _v6;
    private readonly byte[] _info;
    private readonly byte[] _entries;

    private RawTable(bool v6, byte[] info, byte[] entries) => (_v6, _info, _entries) = (v6, info, entries);

    /// <summary>The tables that exist in the calling thread's namespace; the kernel makes each when it is first asked for.</summary>
    public static IReadOnlyDictionary<string, RawTable> ReadAll()
    {
        Dictionary<string, RawTable> tables = [];
        foreach (bool v6 in (ReadOnlySpan<bool>)[false, true])
        {
            string family = v6 ? "ip6" : "ip";
            string names = File.ReadAllText($"/proc/thread-self/net/{family}_tables_names");
            if (names.Length == 0)
            {
                continue;
            }

            int socket = Posix.RawSocket(v6 ? Posix.AfInet6 : Posix.AfInet);
            foreach (string name in names.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                tables.Add($"{family} {name}", Read(socket, v6, name));
            }

            Posix.Close(socket);
        }

        return tables;
    }

    /// <summary>Null when both hold the same bytes, else a description of the first difference.</summary>
    /// <param name="ours">Our table.</param>
    /// <param name="theirs">The table of the C original.</param>
    /// <param name="counters">Whether counters must be the same too; not where packets have passed.</param>
    public static string? Difference(RawTable ours, RawTable theirs, bool counters)
    {
        List<string> left = ours.Describe(counters);
        List<string> right = theirs.Describe(counters);
        for (int i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            string a = i < left.Count ? left[i] : "(nothing)";
            string b = i < right.Count ? right[i] : "(nothing)";
            if (a != b)
            {
                return Unlike(a, b);
            }
        }

        return null;
    }

    /// <summary>What differs between two sets of tables. A table that only one side has touched must be empty there.</summary>
    public static string? Difference(
        IReadOnlyDictionary<string, RawTable> ours, IReadOnlyDictionary<string, RawTable> theirs, bool counters)
    {
        StringBuilder text = new();
        foreach (string name in ours.Keys.Union(theirs.Keys).Order(StringComparer.Ordinal))
        {
            string? difference = (ours.GetValueOrDefault(name), theirs.GetValueOrDefault(name)) switch
            {
                ({ } a, { } b) => Difference(a, b, counters),
                ({ } a, null) => a.IsUntouched ? null : "    only ours holds rules",
                (null, { } b) => b.IsUntouched ? null : "    only the reference holds rules",
                _ => null,
            };
            if (difference is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"  table {name}:\n{difference}\n");
            }
        }

        return text.Length == 0 ? null : text.ToString();
    }

    /// <summary>The table as text, a line an entry: header, matches and target with name, revision and data in hexadecimal.</summary>
    public List<string> Describe(bool counters)
    {
        int headerSize = _v6 ? 168 : 112;
        int offsets = _v6 ? 140 : 88;
        int countersAt = headerSize - 16;
        List<string> lines =
        [
            $"hooks {Word(_info, NameSize):x} entries {Word(_info, InfoSize - 8)} size {Word(_info, InfoSize - 4)} at "
                + string.Join(' ', Enumerable.Range(0, 2 * NumHooks).Select(i => Word(_info, NameSize + 4 + 4 * i))),
        ];
        for (int at = 0; at < _entries.Length;)
        {
            ReadOnlySpan<byte> entry = _entries.AsSpan(at);
            int targetAt = BinaryPrimitives.ReadUInt16LittleEndian(entry[offsets..]);
            int next = BinaryPrimitives.ReadUInt16LittleEndian(entry[(offsets + 2)..]);
            StringBuilder line = new();
            line.Append(CultureInfo.InvariantCulture, $"@{at} ip={Convert.ToHexStringLower(entry[..countersAt])}");
            if (counters)
            {
                ulong packets = BinaryPrimitives.ReadUInt64LittleEndian(entry[countersAt..]);
                ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(entry[(countersAt + 8)..]);
                line.Append(CultureInfo.InvariantCulture, $" [{packets}:{bytes}]");
            }

            int part = headerSize;
            while (part < targetAt)
            {
                part += Part(line, "match", entry[part..]);
            }

            Part(line, "target", entry[targetAt..]);
            lines.Add(line.ToString());
            at += next;
        }

        return lines;
    }

    /// <summary>The parts of two entries that differ: long data is shown from the first byte that does.</summary>
    private static string Unlike(string ours, string reference)
    {
        string[] a = ours.Split(' ');
        string[] b = reference.Split(' ');
        int part = 0;
        while (part < Math.Min(a.Length, b.Length) && a[part] == b[part])
        {
            part++;
        }

        string x = part < a.Length ? string.Join(' ', a[part..]) : "(nothing)";
        string y = part < b.Length ? string.Join(' ', b[part..]) : "(nothing)";
        int same = x.Zip(y).TakeWhile(static c => c.First == c.Second).Count();
        string Cut(string text) => text.Length - same > 60 ? text[..(same + 60)] + "..." : text;
        return $"    {string.Join(' ', a[..part])} and then, alike for {same} digits:\n    ours:      {Cut(x)}\n    reference: {Cut(y)}";
    }

    private static RawTable Read(int socket, bool v6, string name)
    {
        int level = v6 ? 41 : 0;
        while (true)
        {
            byte[] info = new byte[InfoSize];
            Encoding.ASCII.GetBytes(name, info);
            if (!Posix.TryGetOption(socket, level, GetInfo, info, out int error))
            {
                throw new Win32Exception(error, $"GET_INFO of {name}");
            }

            byte[] answer = new byte[EntriesHeader + Word(info, InfoSize - 4)];
            Encoding.ASCII.GetBytes(name, answer);
            info.AsSpan(InfoSize - 4).CopyTo(answer.AsSpan(NameSize));
            if (Posix.TryGetOption(socket, level, GetEntries, answer, out error))
            {
                return new RawTable(v6, info, answer[EntriesHeader..]);
            }

            if (error != 11)
            {
                // Anything but EAGAIN: the table has changed between the two calls.
                throw new Win32Exception(error, $"GET_ENTRIES of {name}");
            }
        }
    }

    /// <summary>Whether only policies and the closing entry are there, all of them accepting, as the kernel makes a table.</summary>
    private bool IsUntouched
    {
        get
        {
            uint hooks = Word(_info, NameSize);
            List<string> lines = Describe(counters: false);
            return Word(_info, InfoSize - 8) == System.Numerics.BitOperations.PopCount(hooks) + 1
                && lines.Skip(1).Take(lines.Count - 2).All(static line => line.EndsWith("=feffffff00000000", StringComparison.Ordinal));
        }
    }

    private static int Part(StringBuilder line, string kind, ReadOnlySpan<byte> part)
    {
        int size = BinaryPrimitives.ReadUInt16LittleEndian(part);
        ReadOnlySpan<byte> name = part.Slice(2, 29);
        int end = name.IndexOf((byte)0);
        line.Append(
            CultureInfo.InvariantCulture,
            $" {kind} {Encoding.Latin1.GetString(end < 0 ? name : name[..end])}.{part[31]}={Convert.ToHexStringLower(part[32..size])}");
        return size;
    }

    private static uint Word(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));
}
