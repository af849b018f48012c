using System;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>The messages of ebtables.</summary>
internal sealed class EbtablesComplaints : Complaints
{
    /// <inheritdoc/>
    public override string NoPolicy => "No policy specified";

    /// <inheritdoc/>
    public override string Repeated(char letter) => RepeatedInRule;

    /// <inheritdoc/>
    public override string RepeatedInRule => "Multiple use of same option not allowed";

    /// <inheritdoc/>
    public override string ManyCommands(char letter, char before) => "Multiple commands are not allowed";

    /// <inheritdoc/>
    public override string Misplaced(string option) => "Command and option do not match";

    /// <inheritdoc/>
    public override string LikeTarget(ReadOnlySpan<byte> name) => name.IsEmpty ? base.LikeTarget(name) : $"Target with name {MessageText.Of(name)} exists";

    /// <inheritdoc/>
    public override string NoCounters => "Option -c needs 2 arguments";

    /// <inheritdoc/>
    public override string NoNumber(string counter, ReadOnlySpan<byte> text) => $"Packet counter '{MessageText.Of(text)}' invalid";
}
