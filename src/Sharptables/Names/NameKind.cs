namespace Sharptables.Names;

/// <summary>What the number is that a name stands for.</summary>
public enum NameKind
{
    /// <summary>An IPv4 network (<c>/etc/networks</c>): its address in host byte order.</summary>
    Network,

    /// <summary>An IP protocol (<c>/etc/protocols</c>), 0 to 255.</summary>
    Protocol,

    /// <summary>A port (<c>/etc/services</c>), 0 to 65535; its name may depend on the protocol.</summary>
    Service,

    /// <summary>A user (<c>/etc/passwd</c>).</summary>
    User,

    /// <summary>A group (<c>/etc/group</c>).</summary>
    Group,

    /// <summary>A connection label (<c>/etc/xtables/connlabel.conf</c>): a bit, 0 to 127.</summary>
    ConnLabel,

    /// <summary>A group of network devices (<c>/etc/iproute2/group</c>), 0 to 255.</summary>
    DeviceGroup,

    /// <summary>A routing realm (<c>/etc/iproute2/rt_realms</c>), 0 to 255.</summary>
    Realm,

    /// <summary>A protocol of Ethernet (<c>/etc/ethertypes</c>), 0 to 65535; upper and lower case are the same.</summary>
    EtherType,
}
