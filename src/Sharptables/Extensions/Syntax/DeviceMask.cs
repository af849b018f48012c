namespace Sharptables.Extensions.Syntax;

/// <summary>The name of a network device and which of its bytes count, as the kernel's structs have them side by side.</summary>
public struct DeviceMask
{
    /// <summary>The name as it was given, with a <c>+</c> at its end for any ending.</summary>
    public DeviceName Name;

    /// <summary>0xff for each byte that counts.</summary>
    public DeviceName Mask;
}
