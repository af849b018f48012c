namespace Sharptables.Extensions.Syntax;

/// <summary>An address and which of its bits count, as the kernel's structs have them side by side.</summary>
public struct AddressMask
{
    /// <summary>The address.</summary>
    public InetAddress Address;

    /// <summary>The bits that count.</summary>
    public InetAddress Mask;
}
