using System.Text;
using Sharptables.Backends.Nft;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>What is written for nf_tables, as text.</summary>
internal static class WrittenExpressions
{
    /// <summary>The expressions of conditions, a line each; null where only a set would say them.</summary>
    public static string[]? Of(IEnumerable<Condition> conditions)
    {
        using NativeBuffer bytes = new(4096);
        NetlinkWriter message = new(bytes);
        ConditionWriter writer = new(new ExpressionWriter(message));
        foreach (Condition condition in conditions)
        {
            if (!writer.TryWrite(condition))
            {
                return null;
            }
        }

        writer.Flush();
        return Lines(bytes.Bytes, isWhole: false);
    }

    /// <summary>The rules of a chain, and of each <c>compat proto P flags F</c> and its expressions with all their bytes.</summary>
    public static List<string[]> Of(Table table, ExtensionSet extensions, Chain chain)
    {
        List<string[]> rules = [];
        foreach (Rule rule in table.Rules(chain))
        {
            using NativeBuffer bytes = new(4096);
            NetlinkWriter message = new(bytes);
            new RuleWriter(table, extensions, message).WriteExpressions(rule);
            ReadOnlySpan<byte> compat = NetlinkAttributes.Find(bytes.Bytes, NfTables.Rule.Compat);
            uint protocol = NetlinkAttributes.FindNumber(compat, NfTables.Compat.Protocol), flags = NetlinkAttributes.FindNumber(compat, NfTables.Compat.Flags);
            rules.Add([.. compat.IsEmpty ? [] : (string[])[$"compat proto {protocol} flags {flags}"], .. Lines(NetlinkAttributes.Find(bytes.Bytes, NfTables.Rule.Expressions), isWhole: true)]);
        }

        return rules;
    }

    private static string[] Lines(ReadOnlySpan<byte> expressions, bool isWhole)
    {
        Output text = new(descriptor: -1);
        new ExpressionText(text) { IsWhole = isWhole }.WriteLines(expressions, default);
        return Encoding.Latin1.GetString(text.Written).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
