using System;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Nft;

internal sealed class RuleWriter(Table table, ExtensionSet extensions, NetlinkWriter to)
{
    public void WriteExpressions(Rule rule) => throw new NotImplementedException($"{table} {extensions} {to}");
}
