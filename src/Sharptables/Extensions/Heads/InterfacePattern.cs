using System;
using System.Runtime.CompilerServices;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Heads;

/// <summary>The name of an interface, zero-padded, or the beginning of names and then a byte that stands for any rest.</summary>
[InlineArray(InterfaceName.Size)]
internal struct InterfacePattern : IValues
{
    private const byte AnyRest = 1; // IF_WILDCARD, in the kernel's ebtables

    private byte _first;

    /// <summary>The same as a name and the mask of the bytes that are compared.</summary>
    public readonly Interleaved<InterfaceName> AsMasked
    {
        get
        {
            Interleaved<InterfaceName> masked = default;
            ReadOnlySpan<byte> pattern = this;
            int length = pattern.IndexOfAny((byte)0, AnyRest);
            if (length >= 0 && pattern[0] != 0)
            {
                bool isPrefix = pattern[length] == AnyRest;
                pattern[..length].CopyTo(masked.Value);
                masked.Value[length] = isPrefix ? (byte)'+' : (byte)0;
                masked.Mask[..(isPrefix ? length : length + 1)].Fill(0xff);
            }

            return masked;
        }
    }

    /// <summary>That of a name and the mask of its bytes that are compared; none if there is no name.</summary>
    public static InterfacePattern Of(in Interleaved<InterfaceName> masked)
    {
        InterfacePattern pattern = default;
        int length = ((ReadOnlySpan<byte>)masked.Mask).IndexOf((byte)0);
        bool isPrefix = length >= 0 && masked.Value[length] == '+';
        ReadOnlySpan<byte> name = masked.Value;
        name.CopyTo(pattern);
        if (isPrefix)
        {
            pattern[length] = AnyRest;
        }

        return pattern;
    }

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field) => Values.Like(AsMasked);

    /// <inheritdoc/>
    bool IValues.TryTake(Field field, Values values)
    {
        Interleaved<InterfaceName> masked = default;
        bool can = Condition.TryTake(field, values, Relation.Equal, ref masked);
        this = can ? Of(masked) : this;
        return can;
    }
}
