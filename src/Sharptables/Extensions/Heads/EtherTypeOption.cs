using System;
using System.Globalization;
using System.Text;
using Sharptables.Extensions.Syntax;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Heads;

/// <summary><c>-p</c> for a bridge: a protocol of Ethernet, by name or in hexadecimal, or <c>LENGTH</c> for frames that have their length in its place.</summary>
/// <param name="name">The name.</param>
/// <param name="summary">What it does.</param>
internal sealed class EtherTypeOption(string name, string summary) : Option<EbtEntry>(name, summary, new EtherTypeForm())
{
    private const ushort Least = 0x0600; // ETH_P_802_3_MIN, linux/if_ether.h: what is less is a length

    /// <inheritdoc/>
    public override Condition ConditionIn(ReadOnlySpan<byte> payload, Family family)
    {
        ref readonly EbtEntry entry = ref Extension<EbtEntry>.As(payload);
        return new(Of!, IsLength(entry) ? Packets.Values.Beyond(Relation.Less, Least) : Packets.Values.Only(entry.Protocol.Value), IsInverted(payload));
    }

    /// <inheritdoc/>
    protected override bool IsSaid(ReadOnlySpan<byte> payload)
    {
        ref readonly EbtEntry entry = ref Extension<EbtEntry>.As(payload);
        return entry.Protocol.Value != 0 || IsLength(entry);
    }

    /// <inheritdoc/>
    protected override bool Take(Field field, Packets.Values values, bool isInverted, Span<byte> payload) =>
        values == Packets.Values.Beyond(Relation.Greater, Least - 1) ? base.Take(field, Packets.Values.Beyond(Relation.Less, Least), !isInverted, payload)
            : base.Take(field, values, isInverted, payload);

    /// <inheritdoc/>
    protected override bool TakeValue(Field of, Packets.Values values, ref EbtEntry info)
    {
        if (values == Packets.Values.Beyond(Relation.Less, Least))
        {
            info.Bitmask |= EbtEntry.LengthFlag;
            return true;
        }

        info.Protocol = new Be16((ushort)values.First);
        return values.Kind is ValuesKind.Interval && values.First == values.Second && values.First >= Least;
    }

    /// <inheritdoc/>
    protected override void ParseValue(in Argument argument, ref EbtEntry info)
    {
        if (Ascii.EqualsIgnoreCase(argument.Text, "LENGTH"))
        {
            info.Bitmask |= EbtEntry.LengthFlag;
            argument.Rule.IsLength = true;
        }
        else
        {
            info.Protocol = new Be16(Read(argument));
        }

        argument.Rule.Protocol = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(info.Protocol.Value);
        argument.Rule.IsProtocolInverted = argument.IsInverted;
    }

    /// <inheritdoc/>
    protected override void WriteValue(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        ref readonly EbtEntry entry = ref Extension<EbtEntry>.As(payload);
        if (IsLength(entry))
        {
            output.Write("Length"u8);
        }
        else if (format.Names.TryGetName(NameKind.EtherType, entry.Protocol.Value, out ReadOnlySpan<byte> known))
        {
            output.Write(known);
        }
        else
        {
            output.Write("0x"u8);
            output.WriteHexDigits(entry.Protocol.Value, minimum: 1);
        }
    }

    private static bool IsLength(in EbtEntry entry) => (entry.Bitmask & EbtEntry.LengthFlag) != 0;

    private static ushort Read(in Argument argument)
    {
        ReadOnlySpan<byte> text = argument.Text, digits = text.StartsWith("0x"u8) ? text[2..] : text;
        if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint number))
        {
            number = argument.Names.TryGetNumber(NameKind.EtherType, text, out uint named) ? named
                : throw new UsageException($"Problem with the specified Ethernet protocol '{argument.Word}', perhaps /etc/ethertypes is missing");
        }

        return number > ushort.MaxValue ? throw new UsageException("Problem with the specified protocol") { Hint = $"\"{argument.Word}\" has more than 16 bits." }
            : number < Least ? throw new UsageException("Sorry, protocols have values above or equal to 0x0600")
            {
                Hint = $"\"{argument.Word}\" is read in hexadecimal; a smaller number in a frame is its length, which LENGTH stands for.",
            }
            : (ushort)number;
    }
}
