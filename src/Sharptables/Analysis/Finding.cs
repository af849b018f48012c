using System.Text;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Analysis;

/// <summary>A rule that the kernel would refuse, and why.</summary>
/// <param name="Chain">The chain of the rule.</param>
/// <param name="Number">The number of the rule in its chain, from 1.</param>
/// <param name="Line">The line of input that it came from, or 0.</param>
/// <param name="Rule">The rule as a command.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record Finding(Chain Chain, int Number, int Line, string Rule, string Reason)
{
    public byte[] RuleText() => Encoding.UTF8.GetBytes(Rule);

    /// <inheritdoc/>
    public override string ToString() => $"rule {Number} of chain {MessageText.Of(Chain.Name)}: {Reason}";
}
