using System;
using System.Buffers.Text;
using System.Threading;

namespace Sharptables.Names;

/// <summary>
/// A file of numbers from 0 to 255 and their names, such as iproute2's: lines <c>5 lan</c> or <c>0x5 lan</c>. It is read when first
/// needed; a missing file is an empty one.
/// </summary>
/// <param name="path">The path of the file.</param>
internal sealed class NumberNames(string path)
{
    private readonly Lock _lock = new();
    private NameTable? _table;

    /// <summary>Groups of network devices.</summary>
    public static NumberNames DeviceGroups { get; } = new("/etc/iproute2/group");

    /// <summary>Routing realms.</summary>
    public static NumberNames Realms { get; } = new("/etc/iproute2/rt_realms");

    /// <summary>The number of a name, or null.</summary>
    public uint? FindNumber(ReadOnlySpan<byte> name)
    {
        lock (_lock)
        {
            _ = Load().TryGetNumber(name, default, out uint? found);
            return found;
        }
    }

    /// <summary>The name of a number, or an empty span: also when that name stands for another number.</summary>
    public ReadOnlySpan<byte> FindName(uint number)
    {
        lock (_lock)
        {
            NameTable table = Load();
            return table.TryGetName(number, default, out ReadOnlySpan<byte> name) && table.TryGetNumber(name, default, out uint? back) && back == number
                ? name
                : default;
        }
    }

    internal static void Parse(NameTable table, byte[] text)
    {
        int id = table.AddText(text);
        NameLines lines = new(text);
        while (lines.NextLine())
        {
            ReadOnlySpan<byte> digits = text.AsSpan(lines.NextField());
            Range name = lines.NextField();
            bool isHex = digits.StartsWith("0x"u8);
            digits = isHex ? digits[2..] : digits;
            if (Utf8Parser.TryParse(digits, out uint number, out int used, isHex ? 'x' : 'D') && used == digits.Length
                && number <= byte.MaxValue && !text.AsSpan(name).IsEmpty)
            {
                table.Add(id, name, 0..0, number, isCanonical: true);
            }
        }
    }

    private NameTable Load()
    {
        if (_table is null)
        {
            _table = new NameTable();
            if (SystemFile.Read(System.Text.Encoding.UTF8.GetBytes(path)) is { } text)
            {
                Parse(_table, text);
            }
        }

        return _table;
    }
}
