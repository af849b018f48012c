namespace Sharptables.Model;

/// <summary>Where the parts of a family's rule stand, and how long what begins and ends a chain is.</summary>
internal sealed class RuleLayout
{
    /// <summary>Bytes of <c>struct xt_entry_target</c> with the verdict of a standard target, padded.</summary>
    public static int StandardTargetSize => ExtensionRecord.HeadSize + 8;

    /// <summary>Bytes of the target that begins a chain and names it (<c>struct xt_error_target</c>), padded.</summary>
    public static int ErrorTargetSize => ExtensionRecord.HeadSize + 32;

    /// <summary>Longest name of a chain, in bytes (one less than <c>XT_EXTENSION_MAXNAMELEN</c>).</summary>
    public const int MaxChainName = 28;

    /// <param name="family">Whose head it is.</param>
    public RuleLayout(Family family)
    {
        Family = family;
        EntryOffsets entry = family.Entry;
        HeadSize = entry.Size;
        ConditionsSize = entry.ConditionsSize;
        Protocol = entry.Protocol;
        Flags = entry.Flags;
        Inversions = entry.Inversions;
        NfCache = entry.NfCache;
        TargetOffset = entry.TargetOffset;
        NextOffset = entry.NextOffset;
        ComeFrom = entry.ComeFrom;
        Counters = entry.Counters;
    }

    /// <summary>The family.</summary>
    public Family Family { get; }

    /// <summary>Bytes of the head; the matches begin there.</summary>
    public int HeadSize { get; }

    /// <summary>Bytes of an entry without matches that holds a standard target: a policy, or the end of a chain.</summary>
    public int PolicySize => HeadSize + StandardTargetSize;

    /// <summary>Bytes of the entry that begins a chain and names it, and of the one that ends a table.</summary>
    public int ChainHeadSize => HeadSize + ErrorTargetSize;

    internal int ConditionsSize { get; }

    internal int Protocol { get; }

    internal int Flags { get; }

    internal int Inversions { get; }

    internal int NfCache { get; }

    internal int TargetOffset { get; }

    internal int NextOffset { get; }

    internal int ComeFrom { get; }

    internal int Counters { get; }
}
