using System.Runtime.InteropServices;

namespace Sharptables.Extensions.Syntax;

/// <summary>Which ICMP messages are meant: those of a type, with a code in a range.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct IcmpType
{
    /// <summary>The type.</summary>
    public byte Type;

    /// <summary>The codes; all of them where the code does not matter.</summary>
    public Interval<byte> Codes;
}
