using System;

namespace Sharptables.Names;

/// <summary>Protocols: lines such as <c>tcp 6 TCP</c> (protocols(5)).</summary>
internal sealed class ProtocolDatabase : NameDatabase
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Database => "protocols"u8;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Path => "/etc/protocols"u8;
}
