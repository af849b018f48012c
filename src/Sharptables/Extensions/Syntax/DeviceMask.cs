namespace Sharptables.Extensions.Syntax;

/// <summary>The name of a network device and the mask of its bytes, adjacent as in the kernel's structs.</summary>
public struct DeviceMask
{
    /// <summary>The name as given; a <c>+</c> at its end makes it a prefix.</summary>
    public DeviceName Name;

    /// <summary>0xff for each byte that is compared.</summary>
    public DeviceName Mask;
}
