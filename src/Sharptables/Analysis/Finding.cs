using System.Text;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Analysis;

/// <summary>A rule that the kernel does not take, and why.</summary>
/// <param name="Chain">The rule's chain.</param>
/// <param name="Number">Its number in the chain, from 1.</param>
/// <param name="Line">The line of input that it came from, or 0.</param>
/// <param name="Rule">The rule as a command.</param>
/// <param name="Reason">The rule of use that it breaks.</param>
internal sealed record Finding(Chain Chain, int Number, int Line, string Rule, string Reason)
{
    /// <summary>The rule as bytes, as a line of input would have it.</summary>
    public byte[] RuleText() => Encoding.UTF8.GetBytes(Rule);

    /// <inheritdoc/>
    public override string ToString() => $"rule {Number} of chain {MessageText.Of(Chain.Name)}: {Reason}";
}
