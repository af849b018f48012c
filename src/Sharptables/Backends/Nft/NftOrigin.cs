using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Backends.Nft;

/// <summary>
/// What nf_tables has of a table, read as far as someone has looked at it: a chain when it is named, all of them when all are asked for, and the
/// rules of a chain one datagram after another.
/// </summary>
/// <param name="socket">Where to read chains.</param>
/// <param name="rules">Where to read rules: chains are asked for in the middle of a list of them.</param>
/// <param name="known">The table as iptables knows it.</param>
/// <param name="generation">The number of the last change when reading began.</param>
/// <param name="isAnew">Whether it is to be filled anew: nothing that is there is kept or read.</param>
internal sealed class NftOrigin(NftSocket socket, Lazy<NftSocket> rules, BuiltInTable known, uint generation, bool isAnew) : TableOrigin
{
    private const int MostQuestions = 32; // then it is cheaper to read all chains

    private readonly List<Known> _chains = []; // by number
    private readonly List<ulong> _handles = [];
    private readonly List<NftChain> _foreignChains = [];
    private string? _remark;
    private bool _hasAllChains;
    private int _questions;
    private bool? _isThere;
    private int _beingRead = -1; // the number of the chain whose rules the socket is giving

    /// <summary>The table as iptables knows it.</summary>
    public BuiltInTable BuiltIn => known;

    public uint Generation { get; set; } = generation;

    /// <summary>Whether the kernel has the table.</summary>
    public bool IsThere => _isThere ??= _chains.Exists(static chain => chain.InKernel is not null) || socket.HasTable(Encoding.ASCII.GetBytes(known.Name));

    /// <summary>Forgets whether the kernel has the table, which others have changed.</summary>
    public void AskAgain() => _isThere = null;

    /// <summary>Whether it is to be filled anew.</summary>
    public bool IsAnew => isAnew;

    /// <summary>The rules of a chain that were read, first to last, as numbers that <see cref="HandleOf"/> takes.</summary>
    public IReadOnlyList<(int First, int Count)> RulesRead(Chain chain) => Of(chain).Rules;

    /// <summary>Whether all rules of a chain were read.</summary>
    public bool HasReadAll(Chain chain) => Of(chain).HasAllRules;

    /// <summary>Makes the bytes of rules from what the kernel has of them.</summary>
    public RuleReader? Reader { get; set; }

    /// <summary>Whether everything that was read is of one generation, as far as the lists themselves tell.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>What tells in the data that a program keeps with a rule that it is the policy of a user's chain: type 1, 4 bytes, 1.</summary>
    public static ReadOnlySpan<byte> PolicyMark => [1, 4, 1, 0, 0, 0];

    /// <summary>The rule that is the policy of a user's chain, and its verdict, as read; null if there is none.</summary>
    public (ulong Handle, int Verdict)? PolicyOf(Chain chain) => Of(chain).Policy;

    /// <summary>The chain as the kernel has it; null if it does not.</summary>
    public NftChain? InKernel(Chain chain) => chain.Id < _chains.Count ? _chains[chain.Id].InKernel : null;

    /// <summary>The kernel's number of a rule that was read.</summary>
    public ulong HandleOf(int read) => _handles[read];

    /// <summary>What a chain is called in a batch: one that is renamed has its old name until the batch has taken effect.</summary>
    public byte[] NameInBatch(Chain chain) => InKernel(chain)?.Name ?? chain.Name;

    /// <summary>What a chain is called in a batch for a table, of whatever origin.</summary>
    public static byte[] NameIn(Table table, Chain chain) => table.Origin is NftOrigin origin ? origin.NameInBatch(chain) : chain.Name;

    /// <summary>
    /// Gives a new chain the place of one that was deleted and had its name, since a batch cannot delete the one before it makes the other.
    /// </summary>
    public void Inherit(Table table)
    {
        foreach (Chain chain in table.ChainsByNumber)
        {
            if (chain is { IsDeleted: true } && InKernel(chain) is { } there && table.Find(there.Name) is { } heir && InKernel(heir) is null)
            {
                (Of(heir).InKernel, Of(chain).InKernel) = (there, null);
            }
        }
    }

    /// <inheritdoc/>
    internal override KernelInterface Interface => KernelInterface.Nft;

    /// <inheritdoc/>
    internal override byte[]? AsWritten(Rule rule) => Reader!.AsWritten(rule);

    /// <inheritdoc/>
    internal override string? Remark => _remark ??= MakeRemark();

    /// <inheritdoc/>
    internal override string? Unsaid => _foreignChains.Find(static chain => chain.Use > 0 || chain.Drops) is not { } chain ? null
        : chain.Hook < 0 ? $"a chain {MessageText.Of(chain.Name)} that is not the built-in one, and whose rules are shown as comments"
        : $"a base chain {MessageText.Of(chain.Name)} that is none of iptables', and what is in it is not saved";

    /// <summary>Says that there are chains that are none of iptables'. What is in one that has the name of a built-in chain, but no hook, is shown.</summary>
    private string? MakeRemark()
    {
        if (_foreignChains.Count == 0)
        {
            return null;
        }

        Output text = new(Output.Kept);
        if (_foreignChains.Exists(static chain => chain.Hook >= 0))
        {
            text.Write($"# Table `{known.Name}' contains incompatible base-chains, use 'nft' tool to list them.\n");
        }

        ObjectText rules = new(text);
        foreach (NftChain chain in _foreignChains.FindAll(static chain => chain.Hook < 0))
        {
            text.Write($"# nft: add chain {NftFamily.NameOf(socket.Family)} {known.Name} {MessageText.Of(chain.Name)}\n");
            List<byte[]> all = [];
            byte[] table = Encoding.ASCII.GetBytes(known.Name);
            socket.ReadIn(NfTables.Message.GetRule, socket.Family, table, chain.Name, (_, attributes) => all.Add(attributes.ToArray()));
            foreach (byte[] rule in all)
            {
                text.Write("# nft: add rule "u8);
                rules.WritePlace(socket.Family, rule, NfTables.Rule.Table, NfTables.Rule.Chain);
                text.Write((byte)' ');
                rules.WriteRule(socket.Family, rule, new NftSets(socket, table).Find);
                text.Write((byte)'\n');
            }
        }

        return Encoding.UTF8.GetString(text.Written).TrimEnd('\n');
    }

    /// <inheritdoc/>
    internal override Chain? FindChain(Table table, ReadOnlySpan<byte> name)
    {
        if (_hasAllChains || HasRead(name))
        {
            return null;
        }

        if (++_questions > MostQuestions)
        {
            ReadChains(table);
            return table.Find(name);
        }

        NftChain? chain = isAnew ? null : socket.ReadChain(table.Name, name);
        return chain is null && HookOf(table, name) < 0 ? null : Add(table, name, chain);
    }

    /// <inheritdoc/>
    internal override void ReadChains(Table table)
    {
        if (_hasAllChains)
        {
            return;
        }

        _hasAllChains = true;
        if (!isAnew && IsThere)
        {
            List<NftChain> chains = socket.ReadChains(table.Name);
            chains.RemoveAll(chain => HasRead(chain.Name));
            chains.ForEach(chain => _ = Add(table, chain.Name, chain));
        }

        foreach (string name in known.Chains)
        {
            byte[] bytes = Encoding.ASCII.GetBytes(name);
            _ = table.Find(bytes) ?? Add(table, bytes, null);
        }
    }

    /// <inheritdoc/>
    internal override void ReadOn(Table table, Chain chain, int run)
    {
        if (_beingRead != chain.Id)
        {
            int already = 0;
            foreach ((_, int of) in RulesRead(chain))
            {
                already += of;
            }

            rules.Value.BeginRules(table.Name, InKernel(chain)!.Name);
            _beingRead = chain.Id;
            for (int i = 0; i < already && rules.Value.NextRule(out _); i++)
            {
                // the dump was dropped for another chain's: it begins again
            }
        }

        int offset = table.Original.Length, first = _handles.Count, count = 0;
        bool areMore;
        do
        {
            areMore = rules.Value.NextRule(out ReadOnlySpan<byte> attributes);
            if (areMore && ReadRule(table, chain, attributes))
            {
                count++;
            }
        }
        while (areMore && rules.Value.HasReceivedRule);

        if (!areMore)
        {
            _beingRead = -1;
            Of(chain).HasAllRules = true;
            WasInterrupted |= rules.Value.WasInterrupted;
        }

        Of(chain).Rules.Add((first, count));
        table.FillRun(chain, run, offset, count, first, areMore);
    }

    /// <inheritdoc/>
    internal override int? ReferencesTo(Chain chain) => InKernel(chain) is { } there && !isAnew ? Math.Max(there.Use - chain.RuleCount, 0) : null;

    /// <inheritdoc/>
    internal override bool ChecksDeletionOf(Chain chain) => InKernel(chain) is not null;

    private Known Of(Chain chain)
    {
        while (_chains.Count <= chain.Id)
        {
            _chains.Add(new Known());
        }

        return _chains[chain.Id];
    }

    /// <summary>Reads a rule of a chain; false if it is the chain's policy.</summary>
    private bool ReadRule(Table table, Chain chain, ReadOnlySpan<byte> attributes)
    {
        ReadOnlySpan<byte> expressions = default, userData = default;
        ulong handle = 0;
        NetlinkAttributes each = new(attributes);
        while (each.MoveNext())
        {
            switch (each.Type)
            {
                case NfTables.Rule.Handle:
                    handle = each.LongNumber;
                    break;
                case NfTables.Rule.Expressions:
                    expressions = each.Data;
                    break;
                case NfTables.Rule.UserData:
                    userData = each.Data;
                    break;
            }
        }

        if (userData.SequenceEqual(PolicyMark) && table.Layout.Family.HasUserPolicies && !chain.IsBuiltIn)
        {
            int end = table.Original.Length;
            chain.Policy = Reader!.Read(expressions, default).Target.Verdict;
            table.Original.SetLength(end);
            Of(chain).Policy = (handle, chain.Policy);
            return false;
        }

        _handles.Add(handle);
        _ = Reader!.Read(expressions, userData);
        return true;
    }

    /// <summary>Takes a chain into the table; null if it is one that iptables does not know.</summary>
    private Chain? Add(Table table, ReadOnlySpan<byte> name, NftChain? inKernel)
    {
        int hook = HookOf(table, name);
        if (inKernel is not null && !IsOurs(table, inKernel, hook))
        {
            _foreignChains.Add(inKernel);
            return hook < 0 ? null : Add(table, name, null);
        }

        Chain chain = hook < 0 ? table.NewChain(name, hook) : table.NewBuiltInChain(hook);
        Of(chain).InKernel = inKernel;
        if (hook >= 0)
        {
            chain.Policy = inKernel is { Drops: true } ? Verdict.Drop : Verdict.Accept;
            chain.PolicyCounters = inKernel?.Counters ?? default;
            chain.PolicyFate = inKernel is null ? CounterFate.Set : CounterFate.Keep;
        }

        if (inKernel is not null)
        {
            table.AddUnreadRun(chain);
        }

        return chain;
    }

    /// <summary>Whether a chain is the built-in one of its name, or a user's.</summary>
    private bool IsOurs(Table table, NftChain chain, int hook)
    {
        BaseChain ours = BaseChain.Of(known, MessageText.Of(chain.Name));
        return (IsOnlySearched && chain.Hook < 0)
            || (chain.Hook == (hook < 0 ? hook : ours.Hook ?? hook) && (hook < 0 || (chain.Priority == ours.Priority && chain.Type == ours.Type)));
    }

    /// <summary>The hook that has the name of a chain, if the table has a chain for it; else -1.</summary>
    private int HookOf(Table table, ReadOnlySpan<byte> name)
    {
        foreach (string builtIn in known.Chains)
        {
            if (Ascii.Equals(name, builtIn))
            {
                return Array.IndexOf(table.Layout.Family.HookNames, builtIn);
            }
        }

        return -1;
    }

    /// <summary>Whether a chain was read that the kernel has under that name; it may have been deleted or renamed here.</summary>
    private bool HasRead(ReadOnlySpan<byte> name)
    {
        foreach (Known chain in _chains)
        {
            if (chain.InKernel is { } there && name.SequenceEqual(there.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is known of a chain.</summary>
    private sealed class Known
    {
        /// <summary>Null: the kernel does not have it.</summary>
        public NftChain? InKernel { get; set; }

        public List<(int First, int Count)> Rules { get; } = [];

        public bool HasAllRules { get; set; }

        public (ulong Handle, int Verdict)? Policy { get; set; }
    }
}
