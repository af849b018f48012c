using System;
using System.Buffers.Binary;
using Sharptables.Kernel;

namespace Sharptables.Names;

/// <summary>
/// The names that this machine knows: from its files in /etc, and from what its name service is set up to ask besides (nsswitch.conf(5)).
/// What was asked once is remembered, but for what the kernel knows: its numbers may be those of others tomorrow.
/// </summary>
internal sealed class SystemNames : INames
{
    private static readonly ProtocolDatabase s_protocols = new();
    private static readonly ServiceDatabase s_services = new();
    private static readonly AccountDatabase s_users = new(isGroups: false);
    private static readonly EtherTypeNames s_etherTypes = new();
    private static readonly AccountDatabase s_groups = new(isGroups: true);

    private SystemNames()
    {
    }

    /// <summary>There is one machine.</summary>
    public static SystemNames Instance { get; } = new();

    /// <summary>Also asked for the names of addresses that are not hosts'.</summary>
    internal static NetworkDatabase Networks { get; } = new();

    /// <inheritdoc/>
    public bool TryGetNumber(NameKind kind, ReadOnlySpan<byte> name, out uint number, ReadOnlySpan<byte> protocol = default)
    {
        uint? found = kind switch
        {
            NameKind.Network => Networks.FindNumber(name),
            NameKind.Protocol => s_protocols.FindNumber(name),
            NameKind.Service => s_services.FindNumber(name, protocol),
            NameKind.User => s_users.FindNumber(name),
            NameKind.Group => s_groups.FindNumber(name),
            NameKind.ConnLabel => ConnLabels.FindNumber(name),
            NameKind.DeviceGroup => NumberNames.DeviceGroups.FindNumber(name),
            NameKind.EtherType => s_etherTypes.FindNumber(name),
            _ => NumberNames.Realms.FindNumber(name),
        };
        number = found ?? 0;
        return found is not null;
    }

    /// <inheritdoc/>
    public bool TryGetName(NameKind kind, uint number, out ReadOnlySpan<byte> name, ReadOnlySpan<byte> protocol = default)
    {
        name = kind switch
        {
            NameKind.Network => Networks.FindName(number),
            NameKind.Protocol => s_protocols.FindName(number),
            NameKind.Service => s_services.FindName(number, protocol),
            NameKind.User => s_users.FindName(number),
            NameKind.Group => s_groups.FindName(number),
            NameKind.ConnLabel => ConnLabels.FindName(number),
            NameKind.DeviceGroup => NumberNames.DeviceGroups.FindName(number),
            NameKind.EtherType => s_etherTypes.FindName(number),
            _ => NumberNames.Realms.FindName(number),
        };
        return !name.IsEmpty;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> FindAddresses(ReadOnlySpan<byte> name, int size) => Hosts.Find(name, size);

    /// <inheritdoc/>
    public bool TryGetHost(scoped ReadOnlySpan<byte> address, out ReadOnlySpan<byte> name) =>
        Hosts.TryGetName(address, out name)
        || (address.Length == 4 && !Hosts.IsRehearsing && TryGetName(NameKind.Network, Number(address), out name));

    /// <inheritdoc/>
    public bool TryGetSet(ReadOnlySpan<byte> name, out ushort number, out AddressFamily family)
    {
        using IpSetSocket socket = new();
        number = socket.Find(name, out family);
        return number != IpSetSocket.NoSet;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> SetName(ushort number)
    {
        byte[] name = new byte[IpSetSocket.NameSize];
        using IpSetSocket socket = new();
        return name.AsSpan(0, socket.GetName(number, name));
    }

    /// <inheritdoc/>
    public int OpenProgram(ReadOnlySpan<byte> path) => BpfObject.Open(path);

    /// <inheritdoc/>
    public string? Gap(NameKind? kind) => kind switch
    {
        null => Hosts.Gap,
        NameKind.User => s_users.Gap,
        NameKind.Group => s_groups.Gap,
        NameKind.ConnLabel => ConnLabels.Gap,
        _ => null,
    };

    /// <inheritdoc/>
    public void Rehearse(Action? all) => Hosts.Rehearse(all);

    private static uint Number(ReadOnlySpan<byte> address) => BinaryPrimitives.ReadUInt32BigEndian(address);
}
