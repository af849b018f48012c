using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>A match on an IPv6 header with options: <c>-m dst</c> and <c>-m hbh</c>, which differ only in their names.</summary>
internal abstract class HeaderOptions : Match<HeaderOptionsInfo>
{
    /// <param name="name">The name, with which its options begin.</param>
    /// <param name="number">The number of the header.</param>
    /// <param name="padComplaint">The message when Pad1 is given a length.</param>
    private protected HeaderOptions(string name, byte number, string padComplaint)
    {
        Name = name;
        Options =
        [
            Option($"{name}-len", new Number<uint>(0, uint.MaxValue, placeholder: "length"), (ref i) => ref i.Length,
                "The length of the header in bytes.", of: new HeaderLengthField($"{name} hdrlength", unit: 8, more: 1, number), present: Bit((ref i) => ref i.Flags, 1), invert: Bit((ref i) => ref i.Inversion, 1),
                label: " length:", invertedLabel: " length:!"),
            Option($"{name}-opts", new ListSyntax(padComplaint), (ref i) => ref i.Opts,
                "The options in it, in this order, up to 16, by type and optionally length.",
                present: Bit((ref i) => ref i.Flags, 2), label: " opts "),
        ];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string DependsOn => "the packet's extension headers";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_MATCH_OPTS";

    /// <inheritdoc/>
    protected override string ExtensionHeader => Name;

    /// <summary>A list of options: <c>1,5:2,194:4</c>.</summary>
    private sealed class ListSyntax(string padComplaint) : Syntax<HeaderOptionsInfo.OptionList>
    {
        private const byte AnyLength = byte.MaxValue;

        public override string Placeholder => "type[:length][,type[:length]...]";

        public override void Parse(in Argument argument, ref HeaderOptionsInfo.OptionList field)
        {
            field = default;
            foreach (Range range in argument.Text.Split((byte)','))
            {
                if (field.Count == HeaderOptionsInfo.Buffer.Capacity)
                {
                    throw new UsageException("too many addresses specified"); // sic
                }

                ReadOnlySpan<byte> text = argument.Text[range];
                int colon = text.IndexOf((byte)':');
                byte type = Read(argument.With(colon < 0 ? text : text[..colon]), "opt", byte.MaxValue);
                byte length = colon < 0 ? AnyLength
                    : type == 0 ? throw new UsageException(padComplaint)
                    : Read(argument.With(text[(colon + 1)..]), "length", AnyLength - 1);
                field.Options[field.Count++] = (ushort)((type << 8) | length);
            }
        }

        public override void Write(in HeaderOptionsInfo.OptionList field, Output output, in Format format)
        {
            for (int i = 0; i < field.Count && i < HeaderOptionsInfo.Buffer.Capacity; i++)
            {
                if (i > 0)
                {
                    output.Write((byte)',');
                }

                output.WriteNumber((ulong)(field.Options[i] >> 8));
                byte length = (byte)field.Options[i];
                if (length != AnyLength)
                {
                    output.Write((byte)':');
                    output.WriteNumber((ulong)length);
                }
            }
        }

        private static byte Read(in Argument part, string what, byte max)
        {
            if (!Numerals.TryReadPrefix(part.Text, out ulong value, out ReadOnlySpan<byte> rest))
            {
                ReadOnlySpan<byte> digits = part.Text.TrimStart(" \t\n\v\f\r"u8).TrimStart((byte)'+');
                if (digits.IsEmpty || digits[0] is < (byte)'0' or > (byte)'9')
                {
                    throw part.Refuse($"no valid digits in {what} `{part.Word}'");
                }

                value = ulong.MaxValue;
            }
            else if (!rest.IsEmpty)
            {
                throw part.Refuse($"error parsing {what} `{part.Word}'");
            }

            return value <= max ? (byte)value : throw new UsageException($"{what} `{part.Word}' specified too big: would overflow")
            {
                Hint = $"It may be 0 to {max}.",
            };
        }
    }

    /// <summary>The header must begin with the options.</summary>
    protected override Answer AskOther(Option option, in HeaderOptionsInfo info, Packet packet)
    {
        Answer has = packet.FindExtension(((ExtensionField)Options[0].Of!).Number, out ReadOnlySpan<byte> header);
        if (has is not Answer.Yes)
        {
            return has;
        }

        const byte Pad1 = 0, AnyLength = byte.MaxValue;
        header = header[2..((header[1] + 1) * 8)];
        for (int i = 0; i < info.Opts.Count && i < HeaderOptionsInfo.Buffer.Capacity; i++)
        {
            (byte type, byte length) = ((byte)(info.Opts.Options[i] >> 8), (byte)info.Opts.Options[i]);
            int size = header is [Pad1, ..] ? 1 : header.Length < 2 ? 0 : header[1] + 2;
            if (size == 0 || header[0] != type || (type != Pad1 && length != AnyLength && header[1] != length))
            {
                return Answer.No;
            }

            header = header[Math.Min(size, header.Length)..];
        }

        return Answer.Yes;
    }
}

/// <summary>The kernel's struct for <c>-m dst</c>.</summary>
[KernelStruct("struct ip6t_opts", "linux/netfilter_ipv6/ip6t_opts.h")]
[StructLayout(LayoutKind.Sequential)]
public struct HeaderOptionsInfo
{
    /// <summary>Bytes of the header.</summary>
    public uint Length;

    /// <summary>What is compared: 1 length, 2 options.</summary>
    public byte Flags;

    /// <summary>1: any other length.</summary>
    public byte Inversion;

    /// <summary>The options.</summary>
    [KernelField("")]
    public OptionList Opts;

    /// <summary>Options of a header, and how many of them there are.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct OptionList
    {
        /// <summary>The options: the type in the high byte, the length in the low one, 0xff for any length.</summary>
        public Buffer Options;

        /// <summary>How many there are.</summary>
        public byte Count;
    }

    /// <summary>Room for the options.</summary>
    [InlineArray(Capacity)]
    public struct Buffer
    {
        internal const int Capacity = 16; // IP6T_OPTS_OPTSNR

        private ushort _first;
    }
}
