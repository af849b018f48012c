using System;
using Sharptables.Extensions.Syntax;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j NETMAP</c>.</summary>
/// <typeparam name="TRange">The kernel's struct of the family.</typeparam>
internal sealed class NetMap<TRange> : NatTarget<TRange>
    where TRange : unmanaged, INatRange
{
    /// <inheritdoc/>
    public override string Name => "NETMAP";

    /// <inheritdoc/>
    public override string Summary => "Maps addresses to another network, keeping the host part.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(["nat"], Hooks.PreRouting | Hooks.PostRouting | Hooks.Output | Hooks.Input);

    public NetMap() => Options =
    [
        Option("to", new Network(), (ref i) => ref i, "The network that addresses are mapped to.", required: true, label: " to:"),
    ];

    /// <summary>
    /// A network, held as its first and last address. The bits in which these differ are the host part, so even a mask that is not
    /// contiguous can be recovered; iptables loses it and maps all addresses to one.
    /// </summary>
    private sealed class Network : Syntax<TRange>
    {
        public override string Placeholder => "address[/mask]";

        public override void Parse(in Argument argument, ref TRange field)
        {
            ReadOnlySpan<byte> text = argument.Text;
            int slash = text.IndexOf((byte)'/');
            Span<byte> first = field.FirstAddress;
            Span<byte> last = field.LastAddress;
            InetAddressText.Resolve(slash < 0 ? text : text[..slash], first, argument.Names);
            InetAddress room = default;
            Span<byte> mask = InetAddress.Writable(ref room, argument.Family);
            if (slash < 0)
            {
                mask.Fill(0xff);
            }
            else
            {
                AddressMaskSyntax.ParseMask(argument, text[(slash + 1)..], ref room);
            }

            for (int i = 0; i < mask.Length; i++)
            {
                first[i] &= mask[i];
                last[i] = (byte)(first[i] | ~mask[i]);
            }

            field.Flags |= INatRange.MapsAddresses;
        }

        public override void Write(in TRange field, Output output, in Format format)
        {
            TRange range = field;
            ReadOnlySpan<byte> first = range.FirstAddress;
            ReadOnlySpan<byte> last = range.LastAddress;
            Addresses.Write(output, first);
            InetAddress room = default;
            Span<byte> mask = InetAddress.Writable(ref room, format.Family);
            for (int i = 0; i < mask.Length; i++)
            {
                mask[i] = (byte)~(first[i] ^ last[i]);
            }

            Addresses.WriteMask(output, mask, evenIfFull: true);
        }
    }
}
