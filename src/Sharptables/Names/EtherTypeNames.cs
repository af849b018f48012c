using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;

namespace Sharptables.Names;

/// <summary>Protocols of Ethernet: lines such as <c>IPv4 0800 ip ip4</c> of <c>/etc/ethertypes</c>, in which case does not matter.</summary>
internal sealed class EtherTypeNames
{
    private readonly Lock _lock = new();
    private List<(byte[] Name, ushort Number)>? _names;

    /// <summary>The number of a name, or null.</summary>
    public uint? FindNumber(ReadOnlySpan<byte> name)
    {
        foreach ((byte[] its, ushort number) in Load())
        {
            if (System.Text.Ascii.EqualsIgnoreCase(its, name))
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>The first name of a number, or an empty span.</summary>
    public ReadOnlySpan<byte> FindName(uint number)
    {
        foreach ((byte[] name, ushort its) in Load())
        {
            if (its == number)
            {
                return name;
            }
        }

        return default;
    }

    /// <summary>Reads what such a file has.</summary>
    internal static List<(byte[] Name, ushort Number)> Parse(ReadOnlySpan<byte> text)
    {
        List<(byte[] Name, ushort Number)> names = [];
        NameLines lines = new(text);
        while (lines.NextLine())
        {
            ReadOnlySpan<byte> name = text[lines.NextField()];
            if (!ushort.TryParse(text[lines.NextField()], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort number))
            {
                continue;
            }

            for (; !name.IsEmpty; name = text[lines.NextField()])
            {
                names.Add((name.ToArray(), number));
            }
        }

        return names;
    }

    private List<(byte[] Name, ushort Number)> Load()
    {
        lock (_lock)
        {
            return _names ??= Parse(SystemFile.Read("/etc/ethertypes"u8) ?? []);
        }
    }
}
