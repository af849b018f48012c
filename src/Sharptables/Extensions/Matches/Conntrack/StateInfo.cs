using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary>
/// The kernel's own match <c>state</c>: states, and no flag for inversion. Instead, all other states are set, and the bits that stand
/// for no state, which tell it apart from a list.
/// </summary>
[KernelStruct("struct xt_state_info", "linux/netfilter/xt_state.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct StateInfo
{
    private const uint Shared = 0x0f; // INVALID, ESTABLISHED, RELATED, NEW: the same bits as in conntrack
    private const uint Untracked = 1 << 6; // XT_STATE_UNTRACKED
    private const uint All = Shared | Untracked;
    private const ushort ConntrackUntracked = 1 << 8; // XT_CONNTRACK_STATE_UNTRACKED

    [KernelField("statemask")]
    public uint States;

    public static string? Narrow(in ConntrackInfo newest, ref StateInfo older)
    {
        uint states = (newest.States & Shared) | ((newest.States & ConntrackUntracked) == 0 ? 0 : Untracked);
        older.States = (newest.Head.InvertFlags & Conntrack.StateFlag) == 0 ? states : ~states;
        return null; // conntrack has no other states that --state can name
    }

    /// <summary>No state at all cannot be written as a list: it becomes all of them, inverted.</summary>
    public static void Widen(in StateInfo older, ref ConntrackInfo newest)
    {
        uint given = older.States & All, others = ~older.States & All;
        bool isInverted = given == 0 || (others != 0 && (older.States & ~All) != 0);
        uint states = isInverted ? others : given;
        newest.States = (ushort)((states & Shared) | ((states & Untracked) == 0 ? 0u : ConntrackUntracked));
        newest.Head.MatchFlags = Conntrack.StateFlag | Conntrack.AliasFlag;
        newest.Head.InvertFlags = isInverted ? Conntrack.StateFlag : (ushort)0;
    }
}
