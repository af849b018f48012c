using System;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A port or a range of ports: <c>22</c>, <c>ssh</c>, <c>1024:</c>, <c>ftp-data:ftp</c>.</summary>
/// <param name="protocol">The protocol of the ports; 0 for any, whose services are not shown.</param>
/// <param name="isStrict">
/// Whether services must belong to that protocol, and numbers may be in any base of C (tcp); otherwise services may belong to any, and
/// numbers are decimal (udp).
/// </param>
internal sealed class PortRange(ushort protocol, bool isStrict = false) : Syntax<Interval<ushort>>
{
    /// <inheritdoc/>
    public override string Placeholder => "port[:port]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref Interval<ushort> field)
    {
        ReadOnlySpan<byte> text = argument.Text;
        int colon = text.IndexOf((byte)':');
        if (!isStrict && colon >= 0 && text[(colon + 1)..].Contains((byte)':'))
        {
            throw argument.Refuse($"Too many components for option \"--{argument.Option.FullName}\" (max: 2)\n");
        }

        if (colon < 0)
        {
            field.First = field.Last = Read(text, argument.Names);
            return;
        }

        field.First = colon == 0 ? ushort.MinValue : Read(text[..colon], argument.Names);
        field.Last = colon == text.Length - 1 ? ushort.MaxValue : Read(text[(colon + 1)..], argument.Names);
        if (field.First > field.Last)
        {
            if (isStrict)
            {
                throw new UsageException("invalid portrange (min > max)") { Hint = $"{field.First} is greater than {field.Last}." };
            }

            argument.Reverse(field.First, field.Last);
        }
    }

    /// <inheritdoc/>
    public override void Write(in Interval<ushort> field, Output output, in Format format)
    {
        PortText.Write(field.First, protocol, output, format);
        if (field.First != field.Last)
        {
            output.Write((byte)':');
            PortText.Write(field.Last, protocol, output, format);
        }
    }

    private ushort Read(ReadOnlySpan<byte> text, INames names)
    {
        if (isStrict ? PortText.TryRead(text, protocol, names, out ushort port) : PortText.TryReadOfAny(text, names, out port))
        {
            return port;
        }

        string word = MessageText.Of(text);
        throw new UsageException(isStrict ? $"invalid port/service `{word}' specified" : $"Port \"{word}\" does not resolve to anything.\n");
    }
}
