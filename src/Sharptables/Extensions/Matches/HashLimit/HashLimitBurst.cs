using System;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>The burst of hashlimit: a number of packets, or of bytes, <c>1mb</c>.</summary>
internal sealed class HashLimitBurst : Syntax<HashLimitInfo>
{
    /// <summary>The largest number of packets.</summary>
    public const ulong MaxPackets = 1000000;

    /// <inheritdoc/>
    public override string Placeholder => "n[b|kb|mb]";

    /// <summary>The error for an invalid number.</summary>
    public static UsageException Bad(ulong max) => new($"bad value for option \"--hashlimit-burst\", or out of range (1-{max}).");

    /// <summary>Reads the number; its unit is known only together with the rate.</summary>
    public override void Parse(in Argument argument, ref HashLimitInfo field)
    {
        if (!Numerals.TryReadPrefix(argument.Text, out field.Burst, out ReadOnlySpan<byte> rest) || field.Burst == 0)
        {
            throw Bad(MaxPackets);
        }

        int shift = rest is [(byte)'m', ..] ? 20 : rest is [(byte)'k', ..] ? 10 : 0;
        ulong max = shift != 0 || rest is [(byte)'b', ..] ? uint.MaxValue : MaxPackets;
        field.Burst = field.Burst > max >> shift ? throw Bad(max) : field.Burst << shift;
    }

    /// <inheritdoc/>
    public override void Write(in HashLimitInfo field, Output output, in Format format)
    {
        if ((field.Mode & HashLimit.Bytes) != 0)
        {
            ByteRate.WriteBurst(field.Burst, field.Average, output);
        }
        else
        {
            output.WriteNumber(field.Burst);
        }
    }
}
