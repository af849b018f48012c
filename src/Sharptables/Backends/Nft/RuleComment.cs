using System;

namespace Sharptables.Backends.Nft;

/// <summary>The comment that nft(8) keeps beside a rule.</summary>
internal static class RuleComment
{
    private const byte Kind = 0; // NFTNL_UDATA_RULE_COMMENT, with a length and that many bytes behind it

    /// <summary>The comment among what <c>NFTA_RULE_USERDATA</c> has; empty if there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> userData)
    {
        while (userData.Length >= 2 && userData.Length - 2 >= userData[1])
        {
            if (userData[0] == Kind)
            {
                return userData.Slice(2, userData[1]).TrimEnd((byte)0);
            }

            userData = userData[(2 + userData[1])..];
        }

        return default;
    }
}
