namespace Sharptables.Model;

/// <summary>
/// Where the parts of a rule's head stand: <c>struct ipt_entry</c> (linux/netfilter_ipv4/ip_tables.h) and <c>struct ip6t_entry</c>
/// (linux/netfilter_ipv6/ip6_tables.h). They differ in the width of addresses and one byte more of IPv6; all else follows from these.
/// </summary>
public sealed class RuleLayout
{
    /// <summary>Bytes of an interface name, and of its mask (<c>IFNAMSIZ</c>).</summary>
    public const int InterfaceSize = 16;

    /// <summary>Bytes of <c>struct xt_entry_target</c> with the verdict of a standard target, padded.</summary>
    public const int StandardTargetSize = ExtensionRecord.HeadSize + 8;

    /// <summary>Bytes of the target that begins a chain and names it (<c>struct xt_error_target</c>), padded.</summary>
    public const int ErrorTargetSize = ExtensionRecord.HeadSize + 32;

    /// <summary>Longest name of a chain, in bytes (one less than <c>XT_EXTENSION_MAXNAMELEN</c>).</summary>
    public const int MaxChainName = 28;

    internal const int Source = 0;

    /// <param name="family">Whose head it is.</param>
    public RuleLayout(Family family)
    {
        Family = family;
        AddressSize = family.AddressSize;
        HeadSize = family.EntrySize;
        InInterface = 4 * AddressSize;
        Protocol = InInterface + (4 * InterfaceSize);
        Flags = Protocol + family.FlagsFromProtocol;
        TargetOffset = HeadSize - family.OffsetsFromEnd;
    }

    /// <summary>The family.</summary>
    public Family Family { get; }

    /// <summary>Bytes of an address: 4 or 16.</summary>
    public int AddressSize { get; }

    /// <summary>Bytes of the head; the matches begin there.</summary>
    public int HeadSize { get; }

    /// <summary>Bytes of an entry without matches that holds a standard target: a policy, or the end of a chain.</summary>
    public int PolicySize => HeadSize + StandardTargetSize;

    /// <summary>Bytes of the entry that begins a chain and names it, and of the one that ends a table.</summary>
    public int ChainHeadSize => HeadSize + ErrorTargetSize;

    internal int Destination => AddressSize;

    internal int SourceMask => 2 * AddressSize;

    internal int DestinationMask => 3 * AddressSize;

    internal int InInterface { get; }

    internal int OutInterface => InInterface + InterfaceSize;

    internal int InInterfaceMask => InInterface + (2 * InterfaceSize);

    internal int OutInterfaceMask => InInterface + (3 * InterfaceSize);

    internal int Protocol { get; }

    internal int Flags { get; }

    internal int InverseFlags => Flags + 1;

    internal int TargetOffset { get; }

    internal int NextOffset => TargetOffset + 2;

    internal int ComeFrom => TargetOffset + 4;

    internal int Counters => HeadSize - 16;
}
