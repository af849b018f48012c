using System;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Heads;

/// <summary>A protocol, by name or number; from then on the options of its match are known.</summary>
/// <param name="neverMatched">Protocols that the kernel never sees.</param>
internal sealed class ProtocolSyntax(ushort[] neverMatched) : Syntax<ushort>
{
    /// <inheritdoc/>
    public override string Placeholder => "protocol";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref ushort field)
    {
        RuleInProgress rule = argument.Rule;
        field = ProtocolText.Read(argument.Text, argument.Names, out string? match);
        if (field == 0 && argument.IsInverted)
        {
            throw new UsageException("rule would never match protocol");
        }

        rule.Protocol = field;
        rule.IsProtocolInverted = argument.IsInverted;
        rule.ImpliedMatch = match;
        if (neverMatched.Length > 0 && !argument.IsInverted && Array.IndexOf(neverMatched, field) >= 0)
        {
            rule.Warn($"Warning: never matched protocol: {argument.Word.ToLowerInvariant()}. use extension match instead.");
        }
        else if (field == (argument.Family.HasColonsInAddresses ? 1 : 58) && !argument.IsInverted)
        {
            rule.Doubt(argument.Family.HasColonsInAddresses ? "IPv6 has no messages of this ICMP: its own is -p icmpv6."
                : "IPv4 has no messages of this ICMP: its own is -p icmp.");
        }
    }

    /// <inheritdoc/>
    public override void Write(in ushort field, Output output, in Format format) => ProtocolText.WriteName(field, output, format.Names);
}
