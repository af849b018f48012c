using System.Runtime.InteropServices;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>A set of ICMP messages: those of a type, with a code in a range.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct IcmpType : IValues
{
    private const byte Any = 255; // in ICMP; an ordinary type in ICMPv6

    /// <summary>The type.</summary>
    public byte Type;

    /// <summary>The codes; all of them if the code does not matter.</summary>
    public Interval<byte> Codes;

    /// <summary>The values of type and code as one number.</summary>
    readonly Values IValues.ValuesOf(Field field) =>
        Type == Any && field.Type is FieldType.IcmpType ? Values.Masked(0, 0)
        : Codes.IsAll ? Values.Masked((uint)Type << 8, 0xff00)
        : Values.Between(((uint)Type << 8) | Codes.First, ((uint)Type << 8) | Codes.Last);

    /// <inheritdoc/>
    bool IValues.TryTake(Field field, Values values)
    {
        bool hasCodes = values.Kind is ValuesKind.Interval && values.First >> 8 == values.Second >> 8;
        (Type, Codes) = values.IsAll ? (Any, Interval<byte>.All)
            : hasCodes ? ((byte)(values.First >> 8), new Interval<byte>((byte)values.First, (byte)values.Second))
            : ((byte)(values.First >> 8), Interval<byte>.All);
        return hasCodes || values.Kind is ValuesKind.Masked;
    }
}
