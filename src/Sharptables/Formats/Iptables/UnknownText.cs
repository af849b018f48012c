using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Shows a match or target that no extension here knows: its name, its revision and its bytes, so that nothing vanishes from view.
/// </summary>
internal static class UnknownText
{
    /// <summary>Writes <c>name [unknown revision 2: 0011...]</c>.</summary>
    public static void Write(Output output, ExtensionRecord record)
    {
        output.Write(record.Name);
        output.Write(" [unknown revision "u8);
        output.WriteNumber((ulong)record.Revision);
        output.Write(": "u8);
        foreach (byte b in record.Payload)
        {
            output.WriteHexDigits(b, minimum: 2);
        }

        output.Write((byte)']');
    }
}
