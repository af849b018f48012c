using System;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>Ports and ranges of ports: <c>22,80,1024:65535</c>. The rule must name their protocol first.</summary>
/// <param name="protocols">The protocols with ports.</param>
/// <param name="missing">The message when the rule names no protocol.</param>
/// <param name="wrong">The message when it names another.</param>
internal sealed class PortListSyntax(ushort[] protocols, string missing, string wrong) : Syntax<PortList>
{
    /// <inheritdoc/>
    public override string Placeholder => "port[,port:port,port...]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref PortList field)
    {
        ushort protocol = argument.Rule.Protocol;
        if (argument.Rule.IsProtocolInverted || !protocols.AsSpan().Contains(protocol))
        {
            throw new UsageException(protocol == 0 && !argument.Rule.IsProtocolInverted ? missing : wrong);
        }

        field = default;
        foreach (Range range in argument.Text.Split((byte)','))
        {
            ReadOnlySpan<byte> part = argument.Text[range];
            int colon = part.IndexOf((byte)':');
            if (field.Count + (colon < 0 ? 0 : 1) >= PortList.Capacity)
            {
                throw new UsageException("too many ports specified");
            }

            if (colon < 0)
            {
                field.Ports[field.Count++] = Read(part, protocol, argument.Names);
                continue;
            }

            ushort first = Read(part[..colon], protocol, argument.Names);
            ushort last = Read(part[(colon + 1)..], protocol, argument.Names);
            if (first >= last)
            {
                throw new UsageException("invalid portrange specified") { Hint = $"{first} is not less than {last}." };
            }

            field.Begins[field.Count] = 1;
            field.Ports[field.Count++] = first;
            field.Ports[field.Count++] = last;
        }
    }

    /// <inheritdoc/>
    public override void Write(in PortList field, Output output, in Format format)
    {
        for (int i = 0; i < field.Count && i < PortList.Capacity; i++)
        {
            if (i > 0)
            {
                output.Write((byte)(field.Begins[i - 1] != 0 ? ':' : ','));
            }

            PortText.Write(field.Ports[i], format.Protocol, output, format);
        }
    }

    private static ushort Read(ReadOnlySpan<byte> text, ushort protocol, INames names) => PortText.TryRead(text, protocol, names, out ushort port)
        ? port
        : throw new UsageException($"invalid port/service `{MessageText.Of(text)}' specified");
}
