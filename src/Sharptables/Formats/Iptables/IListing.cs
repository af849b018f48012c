using System;
using Sharptables.Model;

namespace Sharptables.Formats.Iptables;

/// <summary>How a family's rules are listed.</summary>
internal interface IListing
{
    /// <summary>Writes what stands in front of the chains of a table.</summary>
    void WriteTable();

    /// <summary>Writes a chain with its titles and all its rules.</summary>
    void Write(Chain chain);

    /// <summary>Writes one rule of a chain, by number from 1; nothing if there is none.</summary>
    void WriteRule(Chain chain, uint wanted);

    /// <summary>Writes <c>-v</c>'s line for a rule that is added, replaced, deleted or looked for.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="target">The name after <c>-j</c> or <c>-g</c>.</param>
    void WriteChange(Rule rule, ReadOnlySpan<byte> target);
}
