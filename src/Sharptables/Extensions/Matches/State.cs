using Sharptables.Extensions.Syntax;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m state</c>: an older spelling of <c>-m conntrack --ctstate</c>, which a flag in the kernel's struct records.</summary>
internal sealed class State : Match<ConntrackInfo>
{
    private static readonly KeywordSet<ushort> s_states = new(Conntrack.PlainStates, static (rest, _) => rest.Length == 0
        ? "\"--state\" requires a list of states with no spaces, e.g. ESTABLISHED,RELATED"
        : $"Bad state \"{rest}\"");

    /// <inheritdoc/>
    public override string Name => "state";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override string KernelName => "conntrack";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the state of their connection; {conntrack} does more.";

    /// <inheritdoc/>
    public override byte Revision => 3;

    public State() => Options =
    [
        Option("state", s_states, (ref i) => ref i.States, "The states; the packet must be in one of them.",
            of: Field.Ct.State, required: true, present: Bit((ref i) => ref i.Head.MatchFlags, Conntrack.StateFlag | Conntrack.AliasFlag),
            invert: Bit((ref i) => ref i.Head.InvertFlags, Conntrack.StateFlag)),
    ];

    /// <summary>The last one is the kernel's own match state, which is older than conntrack.</summary>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older<ConntrackInfo2>(2, ConntrackInfo2.Narrow, ConntrackInfo2.Widen),
        Older<ConntrackInfo1>(1, ConntrackInfo1.Narrow, ConntrackInfo1.Widen),
        Older<StateInfo>(0, StateInfo.Narrow, StateInfo.Widen, kernelName: "state"),
    ];
}
