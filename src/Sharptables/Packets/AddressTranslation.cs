namespace Sharptables.Packets;

/// <summary>What nf_tables calls a change of a connection's addresses or ports.</summary>
internal enum AddressTranslation
{
    /// <summary>Of the source.</summary>
    Snat,

    /// <summary>Of the destination.</summary>
    Dnat,

    /// <summary>Of the source, to the address of the interface that it leaves by.</summary>
    Masquerade,

    /// <summary>Of the destination, to this machine.</summary>
    Redirect,
}
