using System;

namespace Sharptables.Model;

/// <summary>The names of the verdicts that need no extension.</summary>
internal static class StandardVerdict
{
    public static bool TryParse(ReadOnlySpan<byte> name, out int verdict)
    {
        verdict = name.SequenceEqual("ACCEPT"u8) ? Verdict.Accept
            : name.SequenceEqual("DROP"u8) ? Verdict.Drop
            : name.SequenceEqual("RETURN"u8) ? Verdict.Return
            : name.SequenceEqual("QUEUE"u8) ? Verdict.Queue
            : 0;
        return verdict != 0;
    }

    /// <summary>The name of a verdict; empty for a jump.</summary>
    public static ReadOnlySpan<byte> Name(int verdict) => verdict switch
    {
        Verdict.Accept => "ACCEPT"u8,
        Verdict.Drop => "DROP"u8,
        Verdict.Return => "RETURN"u8,
        Verdict.Queue => "QUEUE"u8,
        _ => default,
    };

    /// <summary>Each verdict, what it does, and whether it may be the policy of a built-in chain.</summary>
    public static (string Name, string Summary, bool MayBePolicy)[] All() =>
    [
        ("ACCEPT", "Lets the packet through.", true),
        ("DROP", "Drops the packet silently.", true),
        ("QUEUE", "Passes the packet to a program; NFQUEUE does more.", false),
        ("RETURN", "Returns to the calling chain; in a built-in chain, applies its policy.", false),
    ];
}
