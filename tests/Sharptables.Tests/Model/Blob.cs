using System.Buffers.Binary;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Tests.Model;

/// <summary>
/// A table as the kernel has it, put together and taken apart by the rules of linux/netfilter_ipv4/ip_tables.h and x_tables.h alone.
/// </summary>
internal sealed class Blob(Family family, TableInfo info, byte[] entries)
{
    private readonly int _head = TaggedRule.HeadSize(family);

    public Family Family => family;

    public TableInfo Info => info;

    public byte[] Entries => entries;

    /// <summary>Lays out a model; its rules learn the numbers of their entries.</summary>
    public static Blob From(ModelTable model, string name = "filter")
    {
        Family family = model.Family;
        TableInfo info = default;
        Encoding.ASCII.GetBytes(name, info.Name);
        int head = TaggedRule.HeadSize(family);
        Dictionary<ModelChain, int> starts = [];
        int size = 0;
        foreach (ModelChain chain in model.Ordered)
        {
            size += chain.IsBuiltIn ? 0 : head + 64;
            starts[chain] = size;
            size += chain.Rules.Sum(r => r.Size(family)) + head + 40;
        }

        List<byte> bytes = new(size + head + 64);
        int entry = 0;
        foreach (ModelChain chain in model.Ordered)
        {
            if (!chain.IsBuiltIn)
            {
                bytes.AddRange(Error(family, chain.Name));
                entry++;
            }

            for (int i = 0; i < chain.Rules.Count; i++)
            {
                TaggedRule rule = chain.Rules[i] = chain.Rules[i] with { Entry = entry++ };
                int end = bytes.Count + rule.Size(family);
                bytes.AddRange(rule.ToBytes(family, rule.To is { } to ? starts[to] : rule.Target == TaggedRule.None ? end : VerdictOf(rule.Target)));
            }

            if (chain.IsBuiltIn)
            {
                info.ValidHooks |= 1u << chain.Hook;
                info.HookEntry[chain.Hook] = (uint)starts[chain];
                info.Underflow[chain.Hook] = (uint)bytes.Count;
                chain.PolicyEntry = entry;
            }

            bytes.AddRange(Policy(family, chain));
            entry++;
        }

        bytes.AddRange(Error(family, "ERROR"));
        info.NumEntries = (uint)entry + 1;
        info.Size = (uint)bytes.Count;
        return new Blob(family, info, [.. bytes]);
    }

    /// <summary>A buffer with the entries, as a read leaves it.</summary>
    public NativeBuffer ToBuffer()
    {
        NativeBuffer buffer = new(entries.Length);
        buffer.SetLength(entries.Length);
        entries.CopyTo(buffer.Bytes);
        return buffer;
    }

    /// <summary>
    /// Reads the chains and rules as the kernel would walk them; throws where the kernel would refuse, or where a walk would lead elsewhere
    /// than to chains and rules.
    /// </summary>
    public ModelTable ToModel()
    {
        Assert(entries.Length == info.Size, "the size is what was said");
        ModelTable model = new(family);
        List<(int Offset, int Size)> all = [];
        for (int at = 0; at < entries.Length;)
        {
            int size = BinaryPrimitives.ReadUInt16LittleEndian(entries.AsSpan(at + NextOffset));
            Assert(size >= _head + 32 && size % 8 == 0 && at + size <= entries.Length, "an entry is whole");
            all.Add((at, size));
            at += size;
        }

        Assert(all.Count == info.NumEntries, "the number of entries is what was said");
        Dictionary<int, ModelChain> byStart = [];
        List<(ModelChain Chain, int First, int Last)> chains = [];
        for (int i = 0; i < all.Count - 1;)
        {
            int hook = HookAt(all[i].Offset);
            ModelChain chain = hook >= 0 ? new ModelChain(s_hookNames[hook], hook) : new ModelChain(ChainName(all[i++].Offset));
            int first = i;
            while (i < all.Count && !IsError(all[i].Offset) && (i == first || HookAt(all[i].Offset) < 0))
            {
                i++;
            }

            Assert(i > first, "a chain has an end");
            byStart.Add(all[first].Offset, chain);
            chains.Add((chain, first, i - 1));
            model.Chains.Add(chain);
        }

        Assert(IsError(all[^1].Offset) && ChainName(all[^1].Offset) == "ERROR", "the table ends with an ERROR entry");
        for (int hook = 0; hook < HookOffsets.Count; hook++)
        {
            Assert((info.ValidHooks & (1 << hook)) == 0 || model.Chains.Exists(c => c.Hook == hook), "every hook leads to a chain");
        }

        foreach ((ModelChain chain, int first, int last) in chains)
        {
            ReadPolicy(chain, all[last], last);
            for (int i = first; i < last; i++)
            {
                chain.Rules.Add(ReadRule(all[i], i, byStart));
            }
        }

        return model;
    }

    private static readonly string[] s_hookNames = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"];

    private int NextOffset => family == Family.IPv4 ? 90 : 142;

    private static int VerdictOf(string target) => target switch
    {
        "ACCEPT" => -2,
        "DROP" => -1,
        "QUEUE" => -4,
        "RETURN" => -5,
        _ => 0,
    };

    private static byte[] Error(Family family, string name)
    {
        byte[] entry = Entry(family, 64);
        int head = TaggedRule.HeadSize(family);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(head), 64);
        Encoding.ASCII.GetBytes("ERROR", entry.AsSpan(head + 2));
        Encoding.ASCII.GetBytes(name, entry.AsSpan(head + 32));
        return entry;
    }

    private static byte[] Policy(Family family, ModelChain chain)
    {
        byte[] entry = Entry(family, 40);
        int head = TaggedRule.HeadSize(family);
        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(head - 16), chain.PolicyCounters.Packets);
        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(head - 8), chain.PolicyCounters.Bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(head), 40);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(head + 32), chain.Policy);
        return entry;
    }

    private static byte[] Entry(Family family, int target)
    {
        int head = TaggedRule.HeadSize(family);
        byte[] entry = new byte[head + target];
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(family == Family.IPv4 ? 88 : 140), (ushort)head);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(family == Family.IPv4 ? 90 : 142), (ushort)entry.Length);
        return entry;
    }

    private static void Assert(bool holds, string what) => Xunit.Assert.True(holds, $"not so: {what}");

    private int HookAt(int offset)
    {
        for (int hook = 0; hook < HookOffsets.Count; hook++)
        {
            if ((info.ValidHooks & (1 << hook)) != 0 && info.HookEntry[hook] == offset)
            {
                return hook;
            }
        }

        return -1;
    }

    private int TargetAt(int entry) => entry + BinaryPrimitives.ReadUInt16LittleEndian(entries.AsSpan(entry + NextOffset - 2));

    private string Text(int at, int length) => Encoding.ASCII.GetString(entries, at, length).Split('\0')[0];

    private bool IsError(int entry) => Text(TargetAt(entry) + 2, 29) == "ERROR";

    private string ChainName(int entry)
    {
        Assert(IsError(entry), "a chain begins with its name");
        Assert(TargetAt(entry) == entry + _head && BinaryPrimitives.ReadUInt16LittleEndian(entries.AsSpan(TargetAt(entry))) == 64, "its head is whole");
        return Text(TargetAt(entry) + 32, 32);
    }

    private int VerdictAt(int entry) => BinaryPrimitives.ReadInt32LittleEndian(entries.AsSpan(TargetAt(entry) + 32));

    private void ReadPolicy(ModelChain chain, (int Offset, int Size) entry, int number)
    {
        Assert(entry.Size == _head + 40 && entries.AsSpan(entry.Offset, NextOffset - 6).IndexOfAnyExcept((byte)0) < 0, "a policy has no conditions");
        chain.Policy = VerdictAt(entry.Offset);
        chain.PolicyEntry = number;
        Assert(chain.Policy is -1 or -2 || (!chain.IsBuiltIn && chain.Policy == Verdict.Return), "a policy is one");
        Assert(!chain.IsBuiltIn || info.Underflow[chain.Hook] == entry.Offset, "the kernel is told where the policy stands");
    }

    private TaggedRule ReadRule((int Offset, int Size) entry, int number, Dictionary<int, ModelChain> byStart)
    {
        int target = TargetAt(entry.Offset);
        int matches = 0;
        for (int at = entry.Offset + _head; at < target; matches++)
        {
            int size = BinaryPrimitives.ReadUInt16LittleEndian(entries.AsSpan(at));
            Assert(size >= 32, "a match is whole");
            at += size;
        }

        bool isGoto = (entries[entry.Offset + (family == Family.IPv4 ? 82 : 131)] & (family == Family.IPv4 ? 2 : 4)) != 0;
        int verdict = VerdictAt(entry.Offset);
        bool isStandard = entries[target + 2] == 0;
        ModelChain? to = null;
        string name = !isStandard ? TaggedRule.Other : verdict switch
        {
            -1 => "DROP",
            -2 => "ACCEPT",
            -4 => "QUEUE",
            -5 => "RETURN",
            _ when verdict == entry.Offset + entry.Size => TaggedRule.None,
            _ => isGoto ? "goto" : "jump",
        };
        if (name is "goto" or "jump")
        {
            Assert(byStart.TryGetValue(verdict, out to), "a jump leads to the first rule of a chain");
        }

        TaggedRule rule = new(BinaryPrimitives.ReadInt32LittleEndian(entries.AsSpan(entry.Offset)), name, to, matches)
        {
            Entry = number,
            Packets = BinaryPrimitives.ReadUInt64LittleEndian(entries.AsSpan(entry.Offset + _head - 16)),
            Bytes = BinaryPrimitives.ReadUInt64LittleEndian(entries.AsSpan(entry.Offset + _head - 8)),
        };

        // Every byte that is not the kernel's scratch is as it was made.
        byte[] made = rule.ToBytes(family, verdict);
        byte[] found = entries.AsSpan(entry.Offset, entry.Size).ToArray();
        found.AsSpan(NextOffset + 2, 4).Clear(); // comefrom
        Xunit.Assert.Equal(Convert.ToHexString(made), Convert.ToHexString(found));
        return rule;
    }
}
