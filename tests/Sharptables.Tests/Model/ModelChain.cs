using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Tests.Model;

/// <summary>A chain of <see cref="ModelTable"/>.</summary>
internal sealed class ModelChain(string name, int hook = -1, int policy = Verdict.Return)
{
    public string Name { get; set; } = name;

    public int Hook => hook;

    public bool IsBuiltIn => hook >= 0;

    public int Policy { get; set; } = policy;

    public List<TaggedRule> Rules { get; } = [];

    /// <summary>The policy's counters: what was read, or what was set.</summary>
    public XtCounters PolicyCounters { get; set; }

    /// <summary>The number of its policy's entry in the table that was read, or -1 when its counters were set.</summary>
    public int PolicyEntry { get; set; } = -1;

    public bool IsPolicyZeroed { get; set; }
}
