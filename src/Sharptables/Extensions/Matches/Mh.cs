using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m mh</c>.</summary>
internal sealed class Mh : Match<MhInfo>
{
    /// <inheritdoc/>
    public override string Name => "mh";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_MATCH_MH";

    /// <inheritdoc/>
    public override string Summary => "Matches messages of Mobile IPv6 (the mobility header) by type.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [Protocol.Mobility]);

    public Mh() => Options =
    [
        Option("mh-type", new TypeSyntax(), (ref i) => ref i.Types, "The type, by name or number, or a range of types.",
            of: new ExtensionField("mh type", 8, Protocol.Mobility, 2, 1), absent: Interval<byte>.All, invert: Bit((ref i) => ref i.Inversion, 1), label: " ", invertedLabel: " !"),
    ];

    /// <summary>A type or a range: a name, the beginning of one, or a number; saved as numbers.</summary>
    private sealed class TypeSyntax : Syntax<Interval<byte>>
    {
        private static readonly (string Name, string Short)[] s_types =
        [
            ("binding-refresh-request", "brr"), ("home-test-init", "hoti"), ("careof-test-init", "coti"), ("home-test", "hot"),
            ("careof-test", "cot"), ("binding-update", "bu"), ("binding-acknowledgement", "ba"), ("binding-error", "be"),
        ];

        public override string Placeholder => "type[:type]";

        public override IReadOnlyList<string> Choices => Array.ConvertAll(s_types, static t => t.Name);

        public override ValueList Values => new("Valid MH types:", Array.ConvertAll(s_types, static t => $"{t.Name} ({t.Short})"));

        public override void Parse(in Argument argument, ref Interval<byte> field)
        {
            ReadOnlySpan<byte> text = argument.Text;
            int colon = text.IndexOf((byte)':');
            if (colon < 0)
            {
                field.First = field.Last = Read(text);
                return;
            }

            field.First = colon == 0 ? byte.MinValue : Read(text[..colon]);
            field.Last = colon == text.Length - 1 ? byte.MaxValue : Read(text[(colon + 1)..]);
            if (field.First > field.Last)
            {
                throw new UsageException("Invalid MH type range (min > max)") { Hint = $"{field.First} is greater than {field.Last}." };
            }
        }

        public override void Write(in Interval<byte> field, Output output, in Format format)
        {
            Write(field.First, output, format);
            if (field.First != field.Last)
            {
                output.Write((byte)':');
                Write(field.Last, output, format);
            }
        }

        private static void Write(byte type, Output output, in Format format)
        {
            if (!format.IsNumeric && type < s_types.Length)
            {
                output.Write(s_types[type].Name);
            }
            else
            {
                output.WriteNumber((ulong)type);
            }
        }

        /// <summary>A complete name comes before the beginning of one; of several that begin so, the first in the list counts.</summary>
        private static byte Read(ReadOnlySpan<byte> text)
        {
            int found = -1;
            for (int i = s_types.Length - 1; i >= 0; i--)
            {
                (string name, string brief) = s_types[i];
                if (Ascii.EqualsIgnoreCase(text, name) || Ascii.EqualsIgnoreCase(text, brief))
                {
                    return (byte)i;
                }

                found = IsStartOf(text, name) || IsStartOf(text, brief) ? i : found;
            }

            return found >= 0 ? (byte)found
                : Numerals.TryRead(text, 0, byte.MaxValue, out ulong number) ? (byte)number
                : throw new UsageException($"Invalid MH type `{MessageText.Of(text)}'");
        }

        private static bool IsStartOf(ReadOnlySpan<byte> text, string name) =>
            text.Length < name.Length && Ascii.EqualsIgnoreCase(text, name.AsSpan(0, text.Length));
    }
}

/// <summary>The kernel's struct for <c>-m mh</c>.</summary>
[KernelStruct("struct ip6t_mh", "linux/netfilter_ipv6/ip6t_mh.h")]
[StructLayout(LayoutKind.Sequential)]
public struct MhInfo
{
    /// <summary>The types (RFC 6275).</summary>
    [KernelField("")]
    public Interval<byte> Types;

    /// <summary>1: any other type.</summary>
    public byte Inversion;
}
