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
    protected override bool TryRead(ReadOnlySpan<byte> field, out uint number, out int scopeLength)
    {
        bool isPort = Utf8Parser.TryParse(field, out ushort port, out int used);
        (number, scopeLength) = (port, field.Length - used - 1);
        return isPort && scopeLength > 0 && field[used] == '/';
    }
}
