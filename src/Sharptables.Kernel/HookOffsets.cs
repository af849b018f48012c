using System.Runtime.CompilerServices;

namespace Sharptables.Kernel;

/// <summary>
/// An offset into a table's entries for each netfilter hook, in the order of <c>enum nf_inet_hooks</c>; undefined for a hook that the
/// table does not have.
/// </summary>
[InlineArray(Count)]
internal struct HookOffsets
{
    /// <summary><c>NF_INET_NUMHOOKS</c>.</summary>
    public const int Count = 5;

    private uint _offset;
}
