using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Sharptables.Backends;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>The rules of both families on their way from one interface to the other. The caller holds the lock.</summary>
/// <param name="invocation">How the program was called.</param>
/// <param name="to">The interface that they move to.</param>
/// <param name="replaces">Whether rules that are there are replaced.</param>
internal sealed class Migration(Invocation invocation, KernelInterface to, bool replaces)
{
    private readonly List<(ExtensionSet Extensions, RulesFile Rules, List<TableText> Tables)> _parts = [];
    private readonly KernelInterface _from = to == KernelInterface.Nft ? KernelInterface.Legacy : KernelInterface.Nft;

    /// <summary>Whether there is anything to move.</summary>
    public bool HasRules => _parts.Exists(static part => part.Tables.Count > 0);

    /// <summary>Reads what is to be moved, and tries it as far as that is possible without changing anything.</summary>
    /// <exception cref="UsageException">It cannot be moved.</exception>
    /// <exception cref="RestoreException">The other interface does not take it.</exception>
    public void Prepare()
    {
        foreach (Family family in Family.OfXTables())
        {
            ExtensionSet extensions = new(family) { Plugins = ProgramPlugins.Of(invocation, "sharptables migrate") };
            using ITables source = KernelTables.Open(_from, extensions);
            using ITables target = KernelTables.Open(to, extensions);
            List<TableText> tables = Read(source, InForce(source));
            if (!replaces)
            {
                RefuseIfTaken(target);
            }

            ErrorReport restoreErrors = new($"{family.Program}-restore", Invocation.VersionFor(to));
            RulesFile rules = new(Joined(tables), to, extensions, restoreErrors) { RestoresCounters = true };
            if (tables.Count > 0)
            {
                rules.Try();
            }

            _parts.Add((extensions, rules, tables));
        }
    }

    /// <summary>Moves it.</summary>
    /// <exception cref="UsageException">It is not the same at its new place, or has changed meanwhile.</exception>
    /// <exception cref="RestoreException">The other interface does not take it.</exception>
    public void Move()
    {
        foreach ((ExtensionSet extensions, RulesFile rules, List<TableText> tables) in _parts)
        {
            using ITables target = KernelTables.Open(to, extensions);
            List<byte[]> inForce = InForce(target);
            inForce.RemoveAll(name => tables.Exists(table => table.Name.AsSpan().SequenceEqual(name)));
            inForce.ForEach(name => target.Clear(name));

            rules.Commit();
            Compare(tables, Read(target, tables.ConvertAll(static table => table.Name)), extensions.Family, "would not be the same there");
        }

        foreach ((ExtensionSet extensions, _, List<TableText> tables) in _parts)
        {
            using ITables source = KernelTables.Open(_from, extensions);
            Compare(tables, Read(source, tables.ConvertAll(static table => table.Name)), extensions.Family, "has been changed meanwhile");
            tables.ForEach(table => source.Clear(table.Name));
        }
    }

    /// <summary>What was moved.</summary>
    /// <param name="isDry">Whether it was not.</param>
    public string Summary(bool isDry)
    {
        if (!HasRules)
        {
            return $"{Called(_from)} has no tables of iptables: there is nothing to move\n";
        }

        StringBuilder text = new();
        foreach ((ExtensionSet extensions, _, List<TableText> tables) in _parts.FindAll(static part => part.Tables.Count > 0))
        {
            List<string> each = tables.ConvertAll(static table => $"{MessageText.Of(table.Name)} ({table.RuleCount})");
            string done = isDry ? "would move" : "moved";
            text.Append(CultureInfo.InvariantCulture, $"{extensions.Family.Name}: {done} to {Called(to)}: {string.Join(", ", each)}\n");
        }

        return text.ToString();
    }

    /// <summary>The same for programs.</summary>
    /// <param name="isDry">Whether it was not.</param>
    public ReadOnlySpan<byte> Report(bool isDry)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter json = new(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("to"u8, _from == KernelInterface.Nft ? "legacy" : "nft");
            json.WriteBoolean("moved"u8, HasRules && !isDry);
            json.WriteStartArray("tables"u8);
            foreach ((ExtensionSet extensions, _, List<TableText> tables) in _parts)
            {
                foreach (TableText table in tables)
                {
                    json.WriteStartObject();
                    json.WriteString("family"u8, extensions.Family.Name);
                    json.WriteString("table"u8, MessageText.Of(table.Name));
                    json.WriteNumber("rules"u8, table.RuleCount);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        text.Write("\n"u8);
        return text.WrittenSpan;
    }

    private static byte[] Joined(List<TableText> tables)
    {
        Output all = new(Output.Kept);
        tables.ForEach(table => all.Write(table.Text));
        return all.Written.ToArray();
    }

    private static string Called(KernelInterface it) => it == KernelInterface.Nft ? "nf_tables" : "ip_tables";

    private static List<byte[]> InForce(ITables tables)
    {
        try
        {
            return tables.NamesInForce();
        }
        catch (KernelException e) when (e.Errno is Errno.EINVAL or Errno.EOPNOTSUPP or Errno.EPROTONOSUPPORT)
        {
            return []; // the kernel does not have the interface: writing will say so
        }
    }

    private static List<TableText> Read(ITables tables, List<byte[]> names)
    {
        List<TableText> texts = [];
        foreach (byte[] name in names)
        {
            using Table table = IptablesSave.Read(tables, name);
            tables.Extensions.Meet(table);
            Output output = new(Output.Kept);
            if (table.Origin.Remark is not null)
            {
                throw NotToBeSaid(name, tables.Family, "base chains that iptables does not have, which only nft can say");
            }

            if (SaveText.Write(table, tables.Extensions, program: null, showCounters: true, output) is { } unreadable)
            {
                throw NotToBeSaid(name, tables.Family, unreadable.Split(';')[0]);
            }

            texts.Add(new TableText(name, output.Written.ToArray()));
        }

        return texts;
    }

    private static UsageException NotToBeSaid(byte[] table, Family family, string what) =>
        new($"the table {MessageText.Of(table)} of {family.Program} has {what}", ErrorShape.Other);

    /// <summary>Refuses to move rules to where others are.</summary>
    private static void RefuseIfTaken(ITables target)
    {
        foreach (byte[] name in InForce(target))
        {
            using Table table = IptablesSave.Read(target, name);
            string? what = table.Origin.Remark is not null ? "base chains of nft" : null;
            foreach (Chain chain in table.Chains)
            {
                what ??= !chain.IsBuiltIn ? $"the chain {MessageText.Of(chain.Name)}"
                    : chain.RuleCount > 0 ? $"rules in {MessageText.Of(chain.Name)}"
                    : chain.Policy != Verdict.Accept ? $"a policy of {MessageText.Of(chain.Name)}"
                    : null;
            }

            if (what is not null)
            {
                string program = target.Family.Program;
                throw new UsageException(
                    $"{Called(target.Interface)} has rules of {program} already: the table {MessageText.Of(name)} has {what}", ErrorShape.Other)
                {
                    Hint = "--replace replaces them.",
                };
            }
        }
    }

    /// <summary>Compares tables before and after.</summary>
    private static void Compare(List<TableText> before, List<TableText> after, Family family, string reason)
    {
        for (int i = 0; i < before.Count; i++)
        {
            if (before[i].Difference(after[i]) is { } rule)
            {
                throw new UsageException($"{family.Program}, table {MessageText.Of(before[i].Name)}: {rule} {reason}", ErrorShape.Other);
            }
        }
    }

    /// <summary>A table as iptables-save writes it, with its counters.</summary>
    private sealed class TableText
    {
        /// <summary>The lines of each chain: the interfaces list chains in different orders.</summary>
        private readonly Dictionary<string, List<string>> _chains = [];

        public TableText(byte[] name, byte[] text)
        {
            Name = name;
            Text = text;
            foreach (string line in Encoding.Latin1.GetString(text).Split('\n'))
            {
                if (line.StartsWith(':'))
                {
                    _chains[line[1..line.IndexOf(' ')]] = [line];
                }
                else if (line.StartsWith('['))
                {
                    string chain = line.Split(' ')[2];
                    _ = _chains.TryAdd(chain, []);
                    _chains[chain].Add(line);
                    RuleCount++;
                }
            }
        }

        public byte[] Name { get; }

        public byte[] Text { get; }

        public int RuleCount { get; }

        /// <summary>The first line that is not the same in another; null if there is none. Packets may have been counted meanwhile.</summary>
        public string? Difference(TableText other)
        {
            foreach ((string chain, List<string> lines) in _chains)
            {
                List<string> others = other._chains.GetValueOrDefault(chain) ?? [];
                for (int i = 0; i < lines.Count; i++)
                {
                    if (i >= others.Count || !IsSame(lines[i], others[i]))
                    {
                        return lines[i];
                    }
                }

                if (others.Count > lines.Count)
                {
                    return others[lines.Count];
                }
            }

            return other._chains.Count == _chains.Count ? null : "a chain";
        }

        private static bool IsSame(string line, string other)
        {
            ulong[] counters = CountersIn(ref line), later = CountersIn(ref other);
            return line == other && later[0] >= counters[0] && later[1] >= counters[1];
        }

        /// <summary>Cuts the counters out of a line: at the end of a chain's, and in front of a rule.</summary>
        private static ulong[] CountersIn(ref string line)
        {
            int start = line[0] == '[' ? 0 : line.LastIndexOf('['), end = line.IndexOf(']', start);
            ulong[] counters = Array.ConvertAll(
                line[(start + 1)..end].Split(':'), static number => ulong.Parse(number, CultureInfo.InvariantCulture));
            line = line[..start] + line[(end + 1)..];
            return counters;
        }
    }
}
