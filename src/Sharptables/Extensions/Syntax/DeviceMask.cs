using System.Buffers.Binary;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>The name of a network device and the mask of its bytes, adjacent as in the kernel's structs.</summary>
public struct DeviceMask : IValues
{
    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field) => Values.Like(BinaryPrimitives.ReadUInt128BigEndian(Name), BinaryPrimitives.ReadUInt128BigEndian(Mask));

    /// <inheritdoc/>
    readonly bool IValues.TryTake(Field field, Values values) => false;

    /// <summary>The name as given; a <c>+</c> at its end makes it a prefix.</summary>
    public DeviceName Name;

    /// <summary>0xff for each byte that is compared.</summary>
    public DeviceName Mask;
}
