using Sharptables.Analysis;
using Sharptables.Backends.Legacy;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Tests.Model;
using Sharptables.Text;

namespace Sharptables.Tests.Backends.Legacy;

/// <summary>
/// Does everything that the programs do, with a table that may be damaged. Nothing but <see cref="MalformedTableException"/> may come of it.
/// </summary>
internal static class DamagedTables
{
    private static readonly ExtensionSet s_ipv4 = new(Family.IPv4);
    private static readonly ExtensionSet s_ipv6 = new(Family.IPv6);

    /// <returns>Whether it could be read, shown, edited and laid out.</returns>
    public static bool ReadAndUse(TableInfo info, byte[] entries, Family family)
    {
        NativeBuffer buffer = new(entries.Length);
        buffer.SetLength(entries.Length);
        entries.CopyTo(buffer.Bytes);
        Table table;
        try
        {
            table = BlobReader.Read(info, buffer, family);
        }
        catch (MalformedTableException)
        {
            return false;
        }

        using (table)
        {
            try
            {
                Use(table, family);
                return true;
            }
            catch (MalformedTableException)
            {
                return false;
            }
        }
    }

    private static void Use(Table table, Family family)
    {
        ExtensionSet extensions = family == Family.IPv4 ? s_ipv4 : s_ipv6;
        lock (extensions)
        {
            Output output = new(descriptor: -1);
            _ = SaveText.Write(table, extensions, "test", showCounters: true, output);
            const CommandOptions Options = CommandOptions.Numeric | CommandOptions.LineNumbers;
            Listing listing = new(table, extensions, Options, isVerbose: true, output);
            RuleComparison comparison = new(table, extensions);
            foreach (Chain chain in table.Chains)
            {
                listing.WriteTitle(chain);
                uint number = 0;
                foreach (Rule rule in table.Rules(chain))
                {
                    listing.WriteRow(rule, ++number);
                    Xunit.Assert.True(comparison.AreSame(rule, rule));
                }
            }

            _ = new UsageCheck(table, extensions).FindFirst();
            Chain first = table.Chains[0];
            table.Insert(first, 0, new TaggedRule(1, "ACCEPT").ToBytes(family, Verdict.Accept));
            table.Delete(first, first.RuleCount - 1);
            using BlobWriter writer = new(table, (LegacyOrigin)table.Origin);
            _ = writer.Layout();
        }
    }
}
