namespace Sharptables.Names;

/// <summary>What the numbers are that names stand for.</summary>
public enum NameKind
{
    /// <summary>Networks of IPv4 (<c>/etc/networks</c>): the number is the address in host byte order.</summary>
    Network,

    /// <summary>Protocols above IP (<c>/etc/protocols</c>), 0 to 255.</summary>
    Protocol,

    /// <summary>Ports (<c>/etc/services</c>), 0 to 65535; the same port may have another name with another protocol.</summary>
    Service,

    /// <summary>Users (<c>/etc/passwd</c>).</summary>
    User,

    /// <summary>Groups (<c>/etc/group</c>).</summary>
    Group,

    /// <summary>Labels of connections (<c>/etc/xtables/connlabel.conf</c>): the number is a bit, 0 to 127.</summary>
    ConnLabel,

    /// <summary>Groups of network devices (<c>/etc/iproute2/group</c>), 0 to 255.</summary>
    DeviceGroup,

    /// <summary>Realms of routes (<c>/etc/iproute2/rt_realms</c>), 0 to 255.</summary>
    Realm,
}
