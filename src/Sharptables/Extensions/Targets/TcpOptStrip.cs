using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j TCPOPTSTRIP</c>.</summary>
internal sealed class TcpOptStrip : Target<TcpOptStripInfo>
{
    /// <inheritdoc/>
    public override string Name => "TCPOPTSTRIP";

    /// <inheritdoc/>
    public override string Summary => "Removes options from the TCP header.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["mangle"], Protocols: [Protocol.Tcp]);

    public TcpOptStrip() => Options =
    [
        Option("strip-options", new OptionList(), (ref i) => ref i.Bits, "The options, by number or name, separated by commas.",
            absent: default(TcpOptStripInfo.OptionBits), label: " TCPOPTSTRIP options "),
    ];

    /// <summary>Numbers and names of TCP options (RFC 9293 and those after it).</summary>
    private sealed class OptionList : Syntax<TcpOptStripInfo.OptionBits>
    {
        private static readonly (string Name, byte Number)[] s_names =
            [("wscale", 3), ("mss", 2), ("sack-permitted", 4), ("sack", 5), ("timestamp", 8), ("md5", 19)];

        public override string Placeholder => "value[,value...]";

        public override IReadOnlyList<string> Choices { get; } = Array.ConvertAll(s_names, static n => n.Name);

        public override void Parse(in Argument argument, ref TcpOptStripInfo.OptionBits field)
        {
            foreach (Range range in argument.Text.Split((byte)','))
            {
                ReadOnlySpan<byte> part = argument.Text[range];
                if (!TryRead(part, out byte number))
                {
                    throw new UsageException($"Bad TCP option value \"{MessageText.Of(part)}\"");
                }

                if (number < 2)
                {
                    throw new UsageException("Option value may not be 0 or 1");
                }

                if (IsSet(field, number))
                {
                    throw new UsageException($"Option \"{MessageText.Of(part)}\" already specified");
                }

                field[number >> 5] |= 1u << (number & 31);
            }
        }

        public override void Write(in TcpOptStripInfo.OptionBits field, Output output, in Format format)
        {
            bool isFirst = true;
            for (int number = 0; number <= byte.MaxValue; number++)
            {
                if (!IsSet(field, number))
                {
                    continue;
                }

                output.Write(isFirst ? "" : ",");
                isFirst = false;
                if (!format.IsNumeric && NameOf(number) is { } name)
                {
                    output.Write(name);
                }
                else
                {
                    output.WriteNumber((ulong)number);
                }
            }
        }

        public static bool IsSet(in TcpOptStripInfo.OptionBits bits, int number) => (bits[number >> 5] & (1u << (number & 31))) != 0;

        private static bool TryRead(ReadOnlySpan<byte> text, out byte number)
        {
            foreach ((string name, byte named) in s_names)
            {
                if (Ascii.Equals(text, name))
                {
                    number = named;
                    return true;
                }
            }

            bool isNumber = Numerals.TryRead(text, 0, byte.MaxValue, out ulong value);
            number = (byte)value;
            return isNumber;
        }

        private static string? NameOf(int number)
        {
            foreach ((string name, byte named) in s_names)
            {
                if (named == number)
                {
                    return name;
                }
            }

            return null;
        }
    }

    /// <inheritdoc/>
    protected override Fate? Act(in TcpOptStripInfo info, Packet packet)
    {
        if (packet.Has(Header.Tcp) is not Answer.Yes and var lacking)
        {
            return lacking is Answer.No ? Fate.Continue : Fate.Drop;
        }

        Field field = Field.Tcp.Option;
        if (!packet.HasBytes)
        {
            packet.Forget(field);
            for (int number = 2; number <= byte.MaxValue; number++)
            {
                if (OptionList.IsSet(info.Bits, number))
                {
                    _ = packet.Learn(new(field, Values.Only((byte)number), IsInverted: true));
                }
            }

            return Fate.Continue;
        }

        int end = TcpOptionField.EndOf(packet.From(Header.Tcp));
        if (end < 0)
        {
            return Fate.Drop;
        }

        for (int i = Header.Tcp.Size; i < end - 1;)
        {
            ReadOnlySpan<byte> segment = packet.From(Header.Tcp);
            int length = segment[i] <= 1 || segment[i + 1] == 0 ? 1 : segment[i + 1];
            if (i + length > end)
            {
                break;
            }

            if (OptionList.IsSet(info.Bits, segment[i]))
            {
                packet.Change(Header.Tcp, field).Slice(i, length).Fill(1); // no operation
            }

            i += length;
        }

        return Fate.Continue;
    }
}

/// <summary>The kernel's struct for <c>-j TCPOPTSTRIP</c>.</summary>
[KernelStruct("struct xt_tcpoptstrip_target_info", "linux/netfilter/xt_TCPOPTSTRIP.h")]
[StructLayout(LayoutKind.Sequential)]
public struct TcpOptStripInfo
{
    /// <summary>The options.</summary>
    [KernelField("strip_bmap")]
    public OptionBits Bits;

    /// <summary>A bit for each option: option n is bit n % 32 of word n / 32.</summary>
    [InlineArray(8)]
    public struct OptionBits
    {
        private uint _first;
    }
}
