using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Shows a match or target without an extension: its name, revision and bytes, so that nothing disappears from view.
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
