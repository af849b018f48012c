using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>How a mark is changed: the bits of the mask are cleared, then those of the value are flipped.</summary>
internal static class MarkChange
{
    /// <summary>Writes a change as iptables lists it: as the simplest applicable of and, or, xor, set and xset.</summary>
    public static void List(in MarkMask change, Output output)
    {
        (string operation, uint value) = change switch
        {
            { Mark: 0 } => ("and ", ~change.Mask),
            { } when change.Mark == change.Mask => ("or ", change.Mark),
            { Mask: 0 } => ("xor ", change.Mark),
            { Mask: uint.MaxValue } => ("set ", change.Mark),
            _ => ("xset ", change.Mark),
        };
        output.Write(operation);
        output.WriteHex(value);
        if (operation == "xset ")
        {
            output.Write((byte)'/');
            output.WriteHex(change.Mask);
        }
    }
}
