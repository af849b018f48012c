using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Analysis;
using Sharptables.Backends.Nft;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>Says the rules that nf_tables has in this network namespace in the words of iptables, as far as those say the same.</summary>
/// <param name="errors">Where to name what they do not.</param>
internal sealed class FromNft(ErrorReport errors)
{
    private const byte AnyFamily = 0; // NFPROTO_UNSPEC, linux/netfilter.h
    private const int WrongUse = 2;
    private const int LongestName = 28; // XT_EXTENSION_MAXNAMELEN without its NUL

    /// <summary>Where the kernel itself works on packets: who is on the same side of all of these meets the same packets.</summary>
    private static readonly int[] s_kernelsPlaces = [-400, -200, -100, 100, 300]; // enum nf_ip_hook_priorities, linux/netfilter_ipv4.h

    private readonly List<Chain> _chains = [];
    private readonly List<string> _missed = [];

    /// <summary>A chain of nf_tables and its rules.</summary>
    private sealed record Chain(byte Family, byte[] Table, NftChain Own)
    {
        public List<(byte[] Expressions, byte[] UserData)> Rules { get; } = [];

        /// <summary>The expressions of its rules, and what sets and maps say that they ask.</summary>
        public List<byte[]> Said => field ??= Say();

        public string Place => $"chain {MessageText.Of(Own.Name)} of table {NftFamily.NameOf(Family)} {MessageText.Of(Table)}";

        private List<byte[]> Say()
        {
            using NftSocket socket = new(Family);
            RuleAlternatives alternatives = new(new NftSets(socket, Table).Find);
            List<byte[]> said = [];
            foreach ((byte[] expressions, _) in Rules)
            {
                said.AddRange(alternatives.Of(expressions) ?? [expressions]);
            }

            return said;
        }
    }

    /// <summary>Has nft(8) load a file in an empty network namespace, in which this process then is.</summary>
    /// <returns>0, or the exit status of a failure, which has been reported.</returns>
    public static int Load(byte[] file, Invocation invocation, ErrorReport errors)
    {
        if (file.AsSpan().SequenceEqual("-"u8) || file.AsSpan().SequenceEqual("/dev/stdin"u8))
        {
            errors.Message("nft(8) reads the file by its name: standard input will not do");
            return WrongUse;
        }

        return Enter(invocation, errors) is not { } nft ? WrongUse
            : ChildProcess.Run([nft, "-f"u8.ToArray(), file], out _, showErrors: true) == 0 ? 0 : Refuse(file, errors);
    }

    /// <summary>The path of a program of the system's, or null.</summary>
    public static byte[]? FindProgram(string name) => Array.Find(
        Array.ConvertAll<string, byte[]>(["/usr/sbin/", "/sbin/", "/usr/bin/", "/bin/"], folder => Encoding.ASCII.GetBytes(folder + name)),
        static path => FileDescriptor.IsExecutable(path));

    /// <summary>Finds nft(8), and enters an empty network namespace, which may be to begin again.</summary>
    /// <returns>Its path; null for a failure, which has been reported.</returns>
    public static byte[]? Enter(Invocation invocation, ErrorReport errors)
    {
        byte[]? nft = FindProgram("nft");
        if (nft is null)
        {
            errors.Message("nft(8), which reads the file, is not installed");
            errors.Hint("On Debian: apt-get install nftables");
            return null;
        }

        if (!EmptyNetwork.TryEnter())
        {
            byte[]? unshare = ThisProcess.IsRoot ? null : ChildProcess.FindSystemProgram("unshare"u8);
            if (unshare is not null)
            {
                byte[][] words = [unshare, "--map-root-user"u8.ToArray(), "--net"u8.ToArray(), ThisProcess.Path(), "sharptables"u8.ToArray(), "translate"u8.ToArray(), .. invocation.Words.Span];
                _ = ThisProcess.Become(unshare, words);
            }

            errors.Message("a network namespace, in which nft(8) could read the file, cannot be made");
            errors.Hint("It takes root's rights, or user namespaces: unshare(1)");
            return null;
        }

        return nft;
    }

    /// <summary>Prints what there is.</summary>
    /// <param name="only">The family; null for all.</param>
    /// <param name="file">The file that it is from, for what is said of it.</param>
    /// <param name="output">Where to print.</param>
    /// <returns>The exit status: 0 if that is everything.</returns>
    public int Print(Family? only, ReadOnlySpan<byte> file, Output output)
    {
        Read(only);
        Family[] there = only is null ? Array.FindAll(Family.All(), family => _chains.Exists(chain => IsOf(chain.Family, family))) : [only];
        foreach (Family family in there)
        {
            if (there.Length > 1)
            {
                output.Write($"# For {family.Program}-restore, which takes it alone: {Translate.Program} --family {family.NftName} --from-nft {MessageText.Of(file)}\n");
            }

            PrintFamily(family, output);
        }

        _missed.ForEach(errors.Message);
        return _missed.Count == 0 ? 0 : 1;
    }

    /// <summary>Whether what is of a family of nf_tables is for packets of a family of iptables.</summary>
    private static bool IsOf(byte number, Family family) => number == family.Number || (number == NftFamily.Inet && family.XTables is not null);

    private static int Refuse(byte[] file, ErrorReport errors)
    {
        errors.Message($"nft(8) does not accept {MessageText.Of(file)}");
        return WrongUse;
    }

    private void Miss(string what) => _missed.Add(what);

    private void Read(Family? only)
    {
        bool IsWanted(byte family) => only is not null ? IsOf(family, only) : Array.Exists(Family.All(), each => IsOf(family, each));
        using NftSocket socket = new(AnyFamily);
        socket.Read(NfTables.Message.GetTable, (family, attributes) =>
        {
            if (only is null && !IsWanted(family))
            {
                Miss($"table {NftFamily.NameOf(family)} {Name(attributes, NfTables.Table.Name)} is of a family that iptables does not have");
            }

            if (IsWanted(family) && (NetlinkAttributes.FindNumber(attributes, NfTables.Table.Flags) & NfTables.Table.DormantFlag) != 0)
            {
                Miss($"table {NftFamily.NameOf(family)} {Name(attributes, NfTables.Table.Name)} is dormant; what is printed would be in force");
            }
        });
        socket.Read(NfTables.Message.GetChain, (family, attributes) =>
        {
            if (IsWanted(family))
            {
                _chains.Add(new Chain(family, NetlinkAttributes.FindText(attributes, NfTables.Chain.Table).ToArray(), NftChain.Read(attributes)));
            }
        });
        socket.Read(NfTables.Message.GetRule, (family, attributes) =>
        {
            byte[] table = NetlinkAttributes.FindText(attributes, NfTables.Rule.Table).ToArray(), chain = NetlinkAttributes.FindText(attributes, NfTables.Rule.Chain).ToArray();
            _chains.Find(each => each.Family == family && each.Table.AsSpan().SequenceEqual(table) && each.Own.Name.AsSpan().SequenceEqual(chain))?.Rules.Add((
                NetlinkAttributes.Find(attributes, NfTables.Rule.Expressions).ToArray(), NetlinkAttributes.Find(attributes, NfTables.Rule.UserData).ToArray()));
        });
        foreach ((ushort message, string kind) in (ReadOnlySpan<(ushort, string)>)[(NfTables.Message.GetSet, "set"), (NfTables.Message.GetObject, "object"), (NfTables.Message.GetFlowTable, "flow table")])
        {
            socket.Read(message, (family, attributes) =>
            {
                uint flags = kind == "set" ? NetlinkAttributes.FindNumber(attributes, NfTables.Set.Flags) : 0;
                if ((flags & NfTables.Set.AnonymousFlag) == 0 && IsWanted(family))
                {
                    string what = (flags & NfTables.Set.MapFlag) != 0 ? "map" : kind;
                    Miss($"{what} {Name(attributes, NfTables.Set.Name)} of table {NftFamily.NameOf(family)} {Name(attributes, NfTables.Set.Table)}"
                        + (what == "set" ? " is for ipset(8), which iptables asks with -m set" : " is nothing that iptables has"));
                }
            });
        }
    }

    private static string Name(ReadOnlySpan<byte> attributes, ushort type) => MessageText.Of(NetlinkAttributes.FindText(attributes, type));

    private void PrintFamily(Family family, Output output)
    {
        List<Chain> own = _chains.FindAll(chain => IsOf(chain.Family, family));
        List<(Chain Chain, string Table, string BuiltIn)> places = [];
        foreach (Chain chain in own.FindAll(static chain => chain.Own.Hook >= 0))
        {
            if (PlaceOf(chain, own, family) is not var (table, builtIn))
            {
                Miss($"{chain.Place} is {chain.Own.Type} at hook {NftFamily.HookOf(chain.Family, chain.Own.Hook)}, priority {chain.Own.Priority}, where {family.Program} has no chain");
            }
            else if (places.Exists(place => place.Table == table && place.BuiltIn == builtIn))
            {
                Miss($"{chain.Place} is a second one for {builtIn} of table {table}");
            }
            else
            {
                places.Add((chain, table, builtIn));
            }
        }

        foreach (BuiltInTable known in BuiltInTable.Of(family))
        {
            if (places.FindAll(place => place.Table == known.Name) is { Count: > 0 } its)
            {
                Print(known, family, its.ConvertAll(static place => (place.Chain, place.BuiltIn)), own, output);
            }
        }

        List<Chain> reached = Reached(places.ConvertAll(static place => place.Chain), own);
        foreach (Chain lost in own.FindAll(chain => chain.Own.Hook < 0 && chain.Rules.Count > 0 && !reached.Contains(chain)))
        {
            Miss($"{lost.Place} is in none: no rule that is printed leads to it");
        }
    }

    /// <summary>The built-in chain that packets meet when they would meet a chain; null if there is none.</summary>
    private static (string Table, string Chain)? PlaceOf(Chain chain, List<Chain> all, Family family)
    {
        (string, string)? near = null;
        foreach (BuiltInTable table in BuiltInTable.Of(family))
        {
            foreach (string name in table.Chains)
            {
                BaseChain place = BaseChain.Of(table, name);
                if ((place.Hook ?? Array.IndexOf(family.HookNames, name)) != chain.Own.Hook || place.Type != chain.Own.Type)
                {
                    continue;
                }

                if (place.Priority == chain.Own.Priority)
                {
                    return (table.Name, name);
                }

                int least = Math.Min(place.Priority, chain.Own.Priority), greatest = Math.Max(place.Priority, chain.Own.Priority);
                bool isSame = !Array.Exists(s_kernelsPlaces, priority => least < priority && priority < greatest)
                    && !all.Exists(other => other != chain && other.Own.Hook == chain.Own.Hook && least <= other.Own.Priority && other.Own.Priority <= greatest);
                near ??= isSame ? (table.Name, name) : null;
            }
        }

        return near;
    }

    private void Print(BuiltInTable known, Family family, List<(Chain Chain, string BuiltIn)> bases, List<Chain> all, Output output)
    {
        ExtensionSet extensions = new(family);
        int missed = _missed.Count;
        List<Finding> refused = []; // rules that a restore would not take
        using (Table tried = TableOf(known, extensions, bases, all, refused))
        {
            refused = new UsageCheck(tried, extensions).Find(most: int.MaxValue);
        }

        _missed.RemoveRange(missed, _missed.Count - missed);
        using Table table = TableOf(known, extensions, bases, all, refused);
        _ = SaveText.Write(table, extensions, program: null, showCounters: false, output);
    }

    /// <summary>A table of iptables that says what some chains say; some rules not, though they could be said.</summary>
    private Table TableOf(BuiltInTable known, ExtensionSet extensions, List<(Chain Chain, string BuiltIn)> bases, List<Chain> all, List<Finding> refused)
    {
        Family family = extensions.Family;
        Table table = new(Encoding.ASCII.GetBytes(known.Name), family, new NativeBuffer(1 << 16));
        List<(Chain Source, Model.Chain Chain)> chains = [];
        foreach (string name in known.Chains)
        {
            Model.Chain builtIn = table.NewBuiltInChain(Array.IndexOf(family.HookNames, name));
            builtIn.Policy = Verdict.Accept;
            if (bases.Find(place => place.BuiltIn == name).Chain is { } source)
            {
                builtIn.Policy = source.Own.Drops ? Verdict.Drop : Verdict.Accept;
                chains.Add((source, builtIn));
            }
        }

        foreach (Chain regular in Reached(bases.ConvertAll(static place => place.Chain), all))
        {
            if (regular.Own.Name.Length > LongestName || table.Find(regular.Own.Name) is not null)
            {
                Miss($"{regular.Place} cannot be a chain of table {known.Name}: {(regular.Own.Name.Length > LongestName ? "its name is too long" : "there is another of its name")}");
            }
            else if (ExtensionList.Has(regular.Own.Name) || StandardVerdict.TryParse(regular.Own.Name, out _))
            {
                Miss($"{regular.Place} has the name of a target of iptables, which a jump to it would be");
            }
            else
            {
                chains.Add((regular, table.NewChain(regular.Own.Name, hook: -1)));
            }
        }

        foreach ((Chain source, Model.Chain chain) in chains)
        {
            ReadRules(table, extensions, source, chain, number =>
                refused.Find(each => each.Number == number && each.Chain.Name.AsSpan().SequenceEqual(chain.Name))?.Reason);
        }

        return table;
    }

    /// <summary>The chains that are jumped to from some, and from those.</summary>
    private static List<Chain> Reached(List<Chain> from, List<Chain> all)
    {
        List<Chain> reached = [.. from];
        for (int i = 0; i < reached.Count; i++)
        {
            Chain chain = reached[i];
            foreach (byte[] expressions in chain.Said)
            {
                reached.AddRange(all.FindAll(other => other.Own.Hook < 0 && other.Family == chain.Family && other.Table.AsSpan().SequenceEqual(chain.Table)
                    && !reached.Contains(other) && expressions.AsSpan().IndexOf((byte[])[.. other.Own.Name, 0]) >= 0));
            }
        }

        return reached.GetRange(from.Count, reached.Count - from.Count);
    }

    private void ReadRules(Table table, ExtensionSet extensions, Chain source, Model.Chain chain, Func<int, string?> refusal)
    {
        Family family = extensions.Family;
        using NftSocket socket = new(source.Family);
        SetSource sets = new NftSets(socket, source.Table).Find;
        RuleReader reader = new(table, extensions, sets, obeysUsage: true);
        RuleAlternatives alternatives = new(sets);
        RuleWords words = new(family.Number, SystemNames.Instance, sets);
        Output text = new(Output.Kept);
        int offset = table.Original.Length, count = 0;
        foreach ((byte[] expressions, byte[] userData) in source.Rules)
        {
            if (OfFamily(expressions, family) is not { } own)
            {
                continue; // it is for the other one
            }

            int start = table.Original.Length;
            bool isOne = !ForeignRule.Is(reader.Read(own, userData).Target);
            table.Original.SetLength(start);
            foreach (byte[] rule in isOne ? [own] : alternatives.Of(own) ?? [own])
            {
                count++;
                text.Clear();
                words.Write(rule, userData, text);
                string shown = $"in {source.Place}: {MessageText.Of(text.Written)}";
                if (refusal(count) is { } reason)
                {
                    reader.ReadAsForeign(rule, userData);
                    Miss($"{family.Program} would refuse, {shown}: {reason}");
                }
                else if (ForeignRule.Is(reader.Read(rule, userData).Target))
                {
                    Miss($"{family.Program} cannot say, {shown}");
                }
                else if (reader.LeavesOutTags)
                {
                    Miss($"{family.Program} says it of frames without a VLAN tag, and nft of those with one, too, {shown}");
                }
            }
        }

        if (count > 0)
        {
            table.AddUnreadRun(chain);
            table.FillRun(chain, chain.LastRun, offset, count, 0, areMore: false);
        }
    }

    /// <summary>A rule without its conditions on the family; null when it is for another.</summary>
    private static byte[]? OfFamily(byte[] expressions, Family family)
    {
        List<byte> rest = [];
        byte[]? loading = null; // the expression that has loaded the family
        NetlinkAttributes wholes = new(expressions);
        ExpressionList each = new(expressions);
        while (each.MoveNext() && wholes.MoveNext())
        {
            if (each.Kind is ExpressionKind.Meta && NetlinkAttributes.FindNumber(each.Data, NfTables.Meta.Key) == (uint)MetaKeyOfFamily
                && NetlinkAttributes.Find(each.Data, NfTables.Meta.Source).IsEmpty && loading is null)
            {
                loading = wholes.Whole.ToArray();
                continue;
            }

            if (loading is not null && each.Kind is ExpressionKind.Compare
                && NetlinkAttributes.Find(NetlinkAttributes.Find(each.Data, NfTables.Compare.Data), NfTables.Data.Value) is [var wanted])
            {
                bool isEqual = NetlinkAttributes.FindNumber(each.Data, NfTables.Compare.Operation) == 0;
                loading = null;
                if (isEqual != (wanted == family.Number))
                {
                    return null;
                }

                continue;
            }

            if (each.Name.SequenceEqual("nat"u8) && NetlinkAttributes.FindNumber(each.Data, NfTables.Nat.Family) is var of and not AnyFamily && of != family.Number)
            {
                return null; // it does nothing to packets of another
            }

            rest.AddRange(loading ?? []);
            rest.AddRange(wholes.Whole);
            loading = null;
        }

        rest.AddRange(loading ?? []);
        return [.. rest];
    }

    private const int MetaKeyOfFamily = 15; // NFT_META_NFPROTO
}
