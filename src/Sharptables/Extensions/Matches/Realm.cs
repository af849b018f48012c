using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m realm</c>, of IPv4 only.</summary>
internal sealed class Realm : Match<RealmInfo>
{
    /// <inheritdoc/>
    public override string Name => "realm";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the realm of their route, as routing daemons set it.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Hooks: Hooks.Input | Hooks.Forward | Hooks.Output | Hooks.PostRouting);

    public Realm() => Options =
    [
        Option("realm", new NamedMark(NameKind.Realm), (ref i) => ref i.Id,
            "The realm: a number, or a name from /etc/iproute2/rt_realms.",
            of: Field.Meta.Realm, required: true, invert: Bit((ref i) => ref i.Inversion, 1)),
    ];
}

/// <summary>The kernel's struct for <c>-m realm</c>.</summary>
[KernelStruct("struct xt_realm_info", "linux/netfilter/xt_realm.h")]
[StructLayout(LayoutKind.Sequential)]
public struct RealmInfo
{
    /// <summary>The realm and its mask.</summary>
    public MarkMask Id;

    /// <summary>1: any other realm.</summary>
    [KernelField("invert")]
    public byte Inversion;
}
