using System;
using System.Collections.Generic;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>A set of ICMP messages as ebtables has it: types in a range, each with codes in a range.</summary>
/// <param name="Types">The types.</param>
/// <param name="Codes">The codes.</param>
internal record struct EbtIcmp(Interval<byte> Types, Interval<byte> Codes) : IValues
{
    /// <summary>The values of type and code as one number.</summary>
    readonly Values IValues.ValuesOf(Field field)
    {
        if (field.Bits == 8)
        {
            return Values.Between(Types.First, Types.Last); // IGMP has no codes
        }

        if (Codes.IsAll || Types.First == Types.Last)
        {
            return Values.Between(Number(Types.First, Codes.First), Number(Types.Last, Codes.Last));
        }

        List<(UInt128, UInt128)> parts = [];
        for (int type = Types.First; type <= Types.Last; type++)
        {
            parts.Add((Number(type, Codes.First), Number(type, Codes.Last)));
        }

        return Values.Among(parts);
    }

    /// <inheritdoc/>
    bool IValues.TryTake(Field field, Values values)
    {
        if (field.Bits == 8)
        {
            Types = new((byte)values.First, (byte)values.Second);
            return values.Kind is ValuesKind.Interval;
        }

        if (values.Kind is ValuesKind.Masked)
        {
            (Types, Codes) = (Only((byte)(values.First >> 8)), Interval<byte>.All);
            return true;
        }

        (Types, Codes) = (new((byte)(values.First >> 8), (byte)(values.Second >> 8)), new((byte)values.First, (byte)values.Second));
        return values.Kind is ValuesKind.Interval;
    }

    private static Interval<byte> Only(byte type) => new(type, type);

    private static UInt128 Number(int type, byte code) => (UInt128)((type << 8) | code);
}
