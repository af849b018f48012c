using Sharptables.Names;

namespace Sharptables.Tests.Hints;

/// <summary>A machine that knows no names.</summary>
internal sealed class NoNames : INames
{
    public bool TryGetNumber(NameKind kind, ReadOnlySpan<byte> name, out uint number, ReadOnlySpan<byte> protocol = default) => (number = 0) == 1;

    public bool TryGetName(NameKind kind, uint number, out ReadOnlySpan<byte> name, ReadOnlySpan<byte> protocol = default)
    {
        name = default;
        return false;
    }

    public ReadOnlySpan<byte> FindAddresses(ReadOnlySpan<byte> name, int size) => default;

    public bool TryGetHost(scoped ReadOnlySpan<byte> address, out ReadOnlySpan<byte> name)
    {
        name = default;
        return false;
    }
}
