using System;
using Sharptables.Editing;
using Sharptables.Formats.Iptables;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>Saved rules whose family need not be said.</summary>
internal static class SavedRules
{
    /// <summary>Reads the rules; without a family for that which takes all lines.</summary>
    /// <exception cref="RestoreException">A line is wrong.</exception>
    public static RuleSet Read(byte[] file, Family? family)
    {
        Family likely = family ?? (SaysIPv6(file) ? Family.IPv6 : Family.IPv4);
        try
        {
            return RuleSet.Parse(file, likely);
        }
        catch (RestoreException e) when (family is null)
        {
            try
            {
                return RuleSet.Parse(file, likely.Twin!);
            }
            catch (RestoreException)
            {
                throw e; // for neither family: what is wrong for the likelier one
            }
        }
    }

    /// <summary>Whether a file says that it is for IPv6 by more than addresses.</summary>
    private static bool SaysIPv6(ReadOnlySpan<byte> rules) =>
        rules.IndexOf("ip6tables"u8) >= 0 || rules.IndexOf(" ipv6-icmp"u8) >= 0 || rules.IndexOf(" icmpv6"u8) >= 0;
}
