using System;

namespace Sharptables.Names;

/// <summary>The names of ports.</summary>
public static class Services
{
    private static readonly ServiceDatabase s_database = new();

    /// <summary>The port of a service.</summary>
    /// <param name="name">Its name or an alias.</param>
    /// <param name="protocol">The name of the protocol, such as <c>tcp</c>; empty for the first that has the service.</param>
    /// <param name="port">The port, in host byte order.</param>
    /// <returns>Whether there is such a service.</returns>
    public static bool TryGetPort(ReadOnlySpan<byte> name, ReadOnlySpan<byte> protocol, out ushort port)
    {
        uint? found = s_database.FindNumber(name, protocol);
        port = (ushort)(found ?? 0);
        return found is not null;
    }

    /// <summary>The service of a port.</summary>
    /// <param name="port">The port, in host byte order.</param>
    /// <param name="protocol">The name of the protocol, such as <c>tcp</c>; empty for any.</param>
    /// <param name="name">The service's name; empty when there is none.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetName(ushort port, ReadOnlySpan<byte> protocol, out ReadOnlySpan<byte> name)
    {
        name = s_database.FindName(port, protocol);
        return !name.IsEmpty;
    }
}
