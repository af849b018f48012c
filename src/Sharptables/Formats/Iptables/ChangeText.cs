using System;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>Writes what <c>-v</c> reports of each change.</summary>
/// <param name="table">The table.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="output">Where to write.</param>
internal sealed class ChangeText(Table table, ExtensionSet extensions, Output output)
{
    /// <summary>Reports a change to a chain.</summary>
    /// <param name="verb">Such as <c>Flushing</c>.</param>
    /// <param name="name">The name of the chain.</param>
    public void Write(string verb, ReadOnlySpan<byte> name)
    {
        output.Write(verb);
        output.Write(" chain `"u8);
        MessageText.Show(name, output);
        output.Write("'\n"u8);
    }

    /// <summary>Reports a rule that is added, replaced, deleted or looked for.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="target">The name after <c>-j</c> or <c>-g</c>.</param>
    public void Write(Rule rule, ReadOnlySpan<byte> target) =>
        Dialect.Of(extensions.Family).ListingOf(table, extensions, CommandOptions.None, isVerbose: false, output).WriteChange(rule, target);
}
