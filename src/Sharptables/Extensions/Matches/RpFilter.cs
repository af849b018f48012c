using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m rpfilter</c>.</summary>
internal sealed class RpFilter : Match<RpFilterInfo>
{
    /// <inheritdoc/>
    public override string Name => "rpfilter";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_MATCH_RPFILTER";

    /// <inheritdoc/>
    public override string Summary => "Matches packets that came in where a reply to them would go out.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["raw", "mangle"], Hooks: Hooks.PreRouting);

    /// <inheritdoc/>
    public override Option[] Options { get; } =
    [
        Flag("loose", Bit((ref i) => ref i.Flags, 1 << 0), "Let the reply go out anywhere, as long as there is a route."),
        Flag("validmark", Bit((ref i) => ref i.Flags, 1 << 1), "Look the route up with the packet's mark."),
        Flag("accept-local", Bit((ref i) => ref i.Flags, 1 << 2), "Let pass what has an address of this machine as its source."),
        Flag("invert", Bit((ref i) => ref i.Flags, 1 << 3), "Match the packets that fail the test."),
    ];
}

/// <summary>The kernel's struct for <c>-m rpfilter</c>.</summary>
[KernelStruct("struct xt_rpfilter_info", "linux/netfilter/xt_rpfilter.h")]
public struct RpFilterInfo
{
    /// <summary><c>XT_RPFILTER_*</c>.</summary>
    public byte Flags;
}
