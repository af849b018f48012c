using System.Runtime.CompilerServices;

namespace Sharptables.Kernel;

/// <summary>
/// An offset into a table's entries for each netfilter hook, in the order of <c>enum nf_inet_hooks</c>; a hook the table lacks has no
/// meaning.
/// </summary>
[InlineArray(Count)]
internal struct HookOffsets
{
    /// <summary>How many hooks there are (<c>NF_INET_NUMHOOKS</c>).</summary>
    public const int Count = 5;

    private uint _offset;
}
