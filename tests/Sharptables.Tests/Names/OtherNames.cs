using System.Net;
using System.Text;
using Sharptables.Names;

namespace Sharptables.Tests.Names;

/// <summary>The names of a machine that is not this one: a table of them.</summary>
internal sealed class OtherNames : INames
{
    private readonly List<(NameKind Kind, string Name, uint Number, string Protocol)> _numbers = [];
    private readonly List<(string Name, IPAddress Address)> _hosts = [];

    public void Add(NameKind kind, string name, uint number, string protocol = "") => _numbers.Add((kind, name, number, protocol));

    public void Add(string host, string address) => _hosts.Add((host, IPAddress.Parse(address)));

    public bool TryGetNumber(NameKind kind, ReadOnlySpan<byte> name, out uint number, ReadOnlySpan<byte> protocol = default)
    {
        string wanted = Encoding.ASCII.GetString(name);
        string scope = Encoding.ASCII.GetString(protocol);
        int found = _numbers.FindIndex(known => known.Kind == kind && known.Name == wanted && (scope.Length == 0 || known.Protocol == scope));
        number = found < 0 ? 0 : _numbers[found].Number;
        return found >= 0;
    }

    public bool TryGetName(NameKind kind, uint number, out ReadOnlySpan<byte> name, ReadOnlySpan<byte> protocol = default)
    {
        string scope = Encoding.ASCII.GetString(protocol);
        int found = _numbers.FindIndex(known => known.Kind == kind && known.Number == number && known.Protocol == scope);
        name = found < 0 ? default : Encoding.ASCII.GetBytes(_numbers[found].Name);
        return found >= 0;
    }

    public ReadOnlySpan<byte> FindAddresses(ReadOnlySpan<byte> name, int size)
    {
        string wanted = Encoding.ASCII.GetString(name);
        return _hosts.Where(host => host.Name == wanted).Select(host => host.Address.GetAddressBytes()).Where(bytes => bytes.Length == size).SelectMany(bytes => bytes).ToArray();
    }

    public bool TryGetHost(scoped ReadOnlySpan<byte> address, out ReadOnlySpan<byte> name)
    {
        IPAddress wanted = new(address);
        string? found = _hosts.FirstOrDefault(host => host.Address.Equals(wanted)).Name;
        name = found is null ? default : Encoding.ASCII.GetBytes(found);
        return found is not null;
    }
}
