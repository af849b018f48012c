namespace Sharptables.Model;

/// <summary>Where the parts of a family's rule are, and the sizes of the entries that begin and end a chain.</summary>
internal sealed class RuleLayout
{
    /// <summary>The size of a standard target with its verdict, padded (<c>struct xt_standard_target</c>).</summary>
    public static int StandardTargetSize => ExtensionRecord.HeadSize + 8;

    /// <summary>The size of the target that begins a chain and names it, padded (<c>struct xt_error_target</c>).</summary>
    public static int ErrorTargetSize => ExtensionRecord.HeadSize + 32;

    /// <summary>The longest name of a chain, in bytes (<c>XT_EXTENSION_MAXNAMELEN</c> less one).</summary>
    public const int MaxChainName = 28;

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

    public Family Family { get; }

    /// <summary>The size of a rule's head; matches begin there.</summary>
    public int HeadSize { get; }

    /// <summary>The size of an entry with only a standard target: a policy, or the end of a chain.</summary>
    public int PolicySize => HeadSize + StandardTargetSize;

    /// <summary>The size of the entry that begins a chain and names it, and of the one that ends a table.</summary>
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
