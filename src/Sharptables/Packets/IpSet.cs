namespace Sharptables.Packets;

/// <summary>An IP set, as far as packets are concerned.</summary>
internal sealed class IpSet
{
}
