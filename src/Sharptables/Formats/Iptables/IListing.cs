using System;
using Sharptables.Model;

namespace Sharptables.Formats.Iptables;

/// <summary>How a family's rules are listed.</summary>
internal interface IListing
{
    /// <summary>Writes what stands in front of the chains of a table.</summary>
    void WriteTable();

    /// <summary>Writes what stands in front of the rules of a chain.</summary>
    void WriteTitle(Chain chain);

    /// <summary>Writes a rule in its line.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="number">Its number in the chain, from 1.</param>
    void WriteRow(Rule rule, uint number);

    /// <summary>Writes <c>-v</c>'s line for a rule that is added, replaced, deleted or looked for.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="target">The name after <c>-j</c> or <c>-g</c>.</param>
    void WriteChange(Rule rule, ReadOnlySpan<byte> target);
}
