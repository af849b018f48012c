using System;
using System.Collections.Generic;
using Sharptables.Backends.Nft;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>Writes single rules of nf_tables as commands of iptables.</summary>
/// <param name="output">Where to write.</param>
/// <param name="showsCounters">Whether each has its counters in front of it.</param>
internal sealed class EventRules(Output output, bool showsCounters)
{
    private readonly Output _line = new(Output.Kept);
    private readonly List<ExtensionSet> _extensions = [];
    private readonly List<NftSocket> _sockets = [];

    /// <summary>Writes which table a command is for: <c>-4 -t filter </c>.</summary>
    public static void WriteTable(Family family, ReadOnlySpan<byte> name, Output output)
    {
        output.Write(family.Letter is { } letter ? $"-{letter} -t " : $"{family.Program} -t ");
        MessageText.Show(name.TrimEnd((byte)0), output);
        output.Write((byte)' ');
    }

    /// <summary>Writes a rule: <c>-4 -t filter -A INPUT -j ACCEPT</c>.</summary>
    /// <param name="family">The number of its family.</param>
    /// <param name="attributes">The rule.</param>
    /// <param name="command">The command that is shown.</param>
    /// <returns>False, with nothing written: iptables cannot say it.</returns>
    public bool TryWrite(byte family, ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> command)
    {
        if (Family.Numbered(family) is not { } known)
        {
            return false;
        }

        ExtensionSet extensions = ExtensionsOf(known);
        ReadOnlySpan<byte> tableName = NetlinkAttributes.FindText(attributes, NfTables.Rule.Table);
        using Table table = new(tableName, known, new NativeBuffer(RuleReader.MaxRule), new AnyChains());
        Rule rule;
        try
        {
            rule = new RuleReader(table, extensions, SetsOf(family, attributes)).Read(
                NetlinkAttributes.Find(attributes, NfTables.Rule.Expressions), NetlinkAttributes.Find(attributes, NfTables.Rule.UserData));
        }
        catch (MalformedTableException)
        {
            return false;
        }

        if (ForeignRule.Is(rule.Target))
        {
            return false;
        }

        _line.Clear();
        RuleText text = new(table, extensions, _line);
        text.Write(table.Get(NetlinkAttributes.FindText(attributes, NfTables.Rule.Chain)), rule, showCounters: false);
        ReadOnlySpan<byte> words = _line.Written["-A".Length..].TrimEnd((byte)'\n');
        WriteTable(known, tableName, output);
        if (showsCounters)
        {
            new RuleText(table, extensions, output).WriteCounters(rule.Counters);
            output.Write((byte)' ');
        }

        output.Write(command);
        MessageText.Show(words, output);
        return true;
    }

    private ExtensionSet ExtensionsOf(Family family)
    {
        ExtensionSet? extensions = _extensions.Find(set => set.Family == family);
        if (extensions is null)
        {
            _extensions.Add(extensions = new ExtensionSet(family));
        }

        return extensions;
    }

    /// <summary>The sets of the table that a rule is in.</summary>
    /// <param name="family">The number of its family.</param>
    /// <param name="attributes">The rule.</param>
    public SetSource SetsOf(byte family, ReadOnlySpan<byte> attributes) =>
        new NftSets(SocketOf(family), NetlinkAttributes.FindText(attributes, NfTables.Rule.Table).ToArray()).Find;

    private NftSocket SocketOf(byte family)
    {
        NftSocket? socket = _sockets.Find(socket => socket.Family == family);
        if (socket is null)
        {
            _sockets.Add(socket = new NftSocket(family));
        }

        return socket;
    }

    /// <summary>A table of which only one rule is known: it has whatever chains that names.</summary>
    private sealed class AnyChains : TableOrigin
    {
        /// <inheritdoc/>
        internal override Chain? FindChain(Table table, ReadOnlySpan<byte> name) => table.NewChain(name, hook: -1);
    }
}
