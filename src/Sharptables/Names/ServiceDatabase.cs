using System;
using System.Buffers.Text;

namespace Sharptables.Names;

/// <summary>Services: lines such as <c>http 80/tcp www</c> (services(5)). The scope is the protocol.</summary>
internal sealed class ServiceDatabase : NameDatabase
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Database => "services"u8;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Path => "/etc/services"u8;

    /// <inheritdoc/>
    internal override void Parse(NameTable table, byte[] text)
    {
        int id = table.AddText(text);
        NameLines lines = new(text);
        while (lines.NextLine())
        {
            Range name = lines.NextField();
            Range field = lines.NextField();
            ReadOnlySpan<byte> port = text.AsSpan(field);
            if (!Utf8Parser.TryParse(port, out ushort number, out int used) || used + 1 >= port.Length || port[used] != '/')
            {
                continue;
            }

            Range protocol = (field.Start.Value + used + 1)..field.End;
            bool isCanonical = true;
            while (!text.AsSpan(name).IsEmpty)
            {
                table.Add(id, name, protocol, number, isCanonical);
                table.Add(id, name, 0..0, number, isCanonical); // for look-ups without a protocol
                isCanonical = false;
                name = lines.NextField();
            }
        }
    }
}
