using System;
using System.Buffers;
using System.Text;
using System.Threading;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Names;

/// <summary>
/// The names of connection labels: lines <c>1 eth0-in</c> in /etc/xtables/connlabel.conf. Names consist of letters, digits, <c>-</c>
/// and blanks. As in libnetfilter_conntrack, other lines are skipped, and the first name of a bit counts.
/// </summary>
internal static class ConnLabels
{
    /// <summary>The highest bit of a label.</summary>
    public const ushort MaxBit = 127;

    private static readonly SearchValues<byte> s_letters =
        SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz "u8);

    private static readonly Lock s_lock = new();
    private static NameTable? s_table;

    public static ReadOnlySpan<byte> Path => "/etc/xtables/connlabel.conf"u8;

    /// <summary>What is wrong with the file, or null.</summary>
    public static string? Gap { get; private set; }

    /// <summary>The bit of a label, or null when there is none of that name.</summary>
    public static uint? FindNumber(ReadOnlySpan<byte> name)
    {
        lock (s_lock)
        {
            _ = Load().TryGetNumber(name, default, out uint? found);
            return found;
        }
    }

    /// <summary>The name of a label, or an empty span.</summary>
    public static ReadOnlySpan<byte> FindName(uint bit)
    {
        lock (s_lock)
        {
            _ = Load().TryGetName(bit, default, out ReadOnlySpan<byte> name);
            return name;
        }
    }

    internal static void Parse(NameTable table, byte[] text)
    {
        int id = table.AddText(text);
        for (int next = 0, start = 0; start < text.Length; start = next)
        {
            ReadOnlySpan<byte> line = text.AsSpan(start);
            int length = line.IndexOf((byte)'\n');
            line = length < 0 ? line : line[..length];
            next = start + line.Length + 1;
            ReadOnlySpan<byte> name = default;
            bool isEntry = Numerals.TryReadPrefix(line, out ulong bit, out ReadOnlySpan<byte> rest) && bit <= MaxBit
                && rest is [(byte)' ' or (byte)'\t', ..];
            if (isEntry)
            {
                name = rest.Trim(" \t\r"u8);
                isEntry = !name.IsEmpty && !name.ContainsAnyExcept(s_letters) && !table.TryGetName((uint)bit, default, out _);
            }

            if (isEntry && !table.TryGetNumber(name, default, out _))
            {
                int at = start + line.Length - rest.TrimStart(" \t"u8).Length;
                table.Add(id, at..(at + name.Length), 0..0, (uint)bit, isCanonical: true);
            }
        }
    }

    private static NameTable Load()
    {
        if (s_table is null)
        {
            s_table = new NameTable();
            try
            {
                if (FileReader.ReadAll(Path) is { } text)
                {
                    Parse(s_table, text);
                }
                else
                {
                    Gap = Without(KernelException.ErrorText(Errno.ENOENT));
                }
            }
            catch (KernelException e)
            {
                Gap = Without(e.Message);
            }
        }

        return s_table;
    }

    private static string Without(string problem) => $"cannot open {Encoding.ASCII.GetString(Path)}: {problem}";
}
