using System;

namespace Sharptables.Model;

/// <summary>
/// A rule of nf_tables that x_tables cannot say. It stands in a table as a rule whose target has a name that no target has, and for its
/// payload its text in the language of nft(8). It is shown, is equal to no other rule, and no edit changes it.
/// </summary>
internal static class ForeignRule
{
    /// <summary>The longest text that is kept of one, in bytes.</summary>
    public const int MaxText = 1 << 14;

    /// <summary>The name of its target.</summary>
    public static ReadOnlySpan<byte> TargetName => "nft"u8;

    /// <summary>What its text is shown behind: a comment to what reads rules.</summary>
    public static ReadOnlySpan<byte> Mark => "# nft: "u8;

    /// <summary>Whether a target is that of such a rule.</summary>
    public static bool Is(ExtensionRecord target) => !target.IsStandardTarget && target.Name.SequenceEqual(TargetName);

    /// <summary>What it says, in UTF-8.</summary>
    public static ReadOnlySpan<byte> TextOf(ExtensionRecord target) => target.Payload.TrimEnd((byte)0);
}
