using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>The rate of hashlimit: of packets, <c>5/min</c>, or of bytes, <c>512kb/s</c>.</summary>
internal sealed class HashLimitRate : Syntax<HashLimitInfo>
{
    /// <inheritdoc/>
    public override string Placeholder => "n[/second|/minute|/hour|/day]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref HashLimitInfo field)
    {
        uint unit = 1;
        bool isBytes = ByteRate.IsOne(argument.Text);
        bool isRate = isBytes
            ? ByteRate.TryParse(argument.Text, out field.Average)
            : HashLimit.PacketRates.TryParse(argument.Text, out field.Average, out unit);
        field.Mode |= isBytes ? HashLimit.Bytes : 0;
        field.Unit = unit;
        if (!isRate || field.Average == 0)
        {
            throw isRate ? new UsageException($"Rate too fast \"{argument.Word}\"") : argument.BadValue();
        }
    }

    /// <inheritdoc/>
    public override void Write(in HashLimitInfo field, Output output, in Format format)
    {
        if ((field.Mode & HashLimit.Bytes) != 0)
        {
            ByteRate.Write(field.Average, output);
        }
        else
        {
            HashLimit.PacketRates.Write(field.Average, output);
        }
    }
}
