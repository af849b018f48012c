using System;
using System.Buffers.Text;

namespace Sharptables.Names;

/// <summary>Protocols: lines such as <c>tcp 6 TCP</c> (protocols(5)).</summary>
internal sealed class ProtocolDatabase : NameDatabase
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Database => "protocols"u8;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Path => "/etc/protocols"u8;

    /// <inheritdoc/>
    internal override void Parse(NameTable table, byte[] text)
    {
        int id = table.AddText(text);
        NameLines lines = new(text);
        while (lines.NextLine())
        {
            Range name = lines.NextField();
            ReadOnlySpan<byte> digits = text.AsSpan(lines.NextField());
            if (!Utf8Parser.TryParse(digits, out uint number, out int used) || used != digits.Length)
            {
                continue;
            }

            bool isCanonical = true;
            while (!text.AsSpan(name).IsEmpty)
            {
                table.Add(id, name, 0..0, number, isCanonical);
                isCanonical = false;
                name = lines.NextField();
            }
        }
    }
}
