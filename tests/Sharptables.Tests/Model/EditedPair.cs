using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Backends.Legacy;
using Sharptables.Kernel;
using Sharptables.Model;
using Xunit;

namespace Sharptables.Tests.Model;

/// <summary>A table under test and its model, which receive the same edits and must stay alike.</summary>
internal sealed class EditedPair : IDisposable
{
    private static readonly string[] s_names = ["a", "b", "Bb", "c", "chain", "d-1", "e_2", "KUBE-SVC", "x", "zz", "a0", "q"];

    private readonly ModelTable _model;
    private readonly TableInfo _inForce;
    private int _tag = 1000;

    /// <param name="model">What the table holds at first.</param>
    /// <param name="isRead">
    /// Whether it is read from a blob; else it is begun empty, as for a restore, with only its built-in chains.
    /// </param>
    public EditedPair(ModelTable model, bool isRead)
    {
        _model = model;
        Blob blob = Blob.From(model);
        _inForce = blob.Info;
        if (isRead)
        {
            Table = BlobReader.Read(blob.Info, blob.ToBuffer(), model.Family);
        }
        else
        {
            Table = new Table("filter"u8, model.Family, new NativeBuffer(0), new LegacyOrigin(blob.Info));
            model.Chains.RemoveAll(static c => !c.IsBuiltIn);
            foreach (ModelChain chain in model.Chains)
            {
                chain.Rules.Clear();
                chain.PolicyEntry = -1;
                chain.PolicyCounters = default;
                Table.NewChain(Encoding.ASCII.GetBytes(chain.Name), chain.Hook).SetPolicy(chain.Policy, default(XtCounters));
            }
        }
    }

    public Table Table { get; }

    public LegacyOrigin Origin => (LegacyOrigin)Table.Origin;

    public ModelTable Model => _model;

    public void Dispose() => Table.Dispose();

    public void Apply(Edit edit)
    {
        ModelChain chain = _model.Chains[edit.Chain % _model.Chains.Count];
        Chain real = Table.Get(Encoding.ASCII.GetBytes(chain.Name));
        Assert.Equal(chain.Rules.Count, real.RuleCount);
        int count = chain.Rules.Count;
        string name = s_names[edit.Other % s_names.Length];
        switch (edit.Kind)
        {
            case EditKind.Append:
                TaggedRule appended = Rule(edit.Other);
                Table.Append(real, Bytes(appended));
                chain.Rules.Add(appended);
                break;
            case EditKind.Insert when edit.Number % (count + 2) > count:
                Refuses(TableError.NoSuchNumber, () => Table.Insert(real, count + 1, Bytes(Rule(0))));
                break;
            case EditKind.Insert:
                TaggedRule inserted = Rule(edit.Other);
                Table.Insert(real, edit.Number % (count + 2), Bytes(inserted));
                chain.Rules.Insert(edit.Number % (count + 2), inserted);
                break;
            case EditKind.Delete when edit.Number % (count + 1) == count:
                Refuses(TableError.NoSuchNumber, () => Table.Delete(real, count));
                break;
            case EditKind.Delete:
                Table.Delete(real, edit.Number % (count + 1));
                chain.Rules.RemoveAt(edit.Number % (count + 1));
                break;
            case EditKind.Flush:
                Table.Flush(real);
                chain.Rules.Clear();
                break;
            case EditKind.Zero:
                Table.Zero(real);
                for (int i = 0; i < count; i++)
                {
                    chain.Rules[i] = Zeroed(chain.Rules[i]);
                }

                chain.IsPolicyZeroed = true;
                chain.PolicyCounters = chain.PolicyEntry < 0 ? default : chain.PolicyCounters;
                break;
            case EditKind.ZeroRule when edit.Number % (count + 1) == count:
                Refuses(TableError.NoSuchNumber, () => Table.Zero(real, count));
                break;
            case EditKind.ZeroRule:
                Table.Zero(real, edit.Number % (count + 1));
                chain.Rules[edit.Number % (count + 1)] = Zeroed(chain.Rules[edit.Number % (count + 1)]);
                break;
            case EditKind.AddChain when _model.Find(name) is not null:
                Refuses(TableError.ChainExists, () => Table.AddChain(Encoding.ASCII.GetBytes(name)));
                break;
            case EditKind.AddChain:
                Table.AddChain(Encoding.ASCII.GetBytes(name));
                _model.Chains.Add(new ModelChain(name));
                _model.IsSorted = true;
                break;
            case EditKind.DeleteChain:
                DeleteChain(chain, real);
                break;
            case EditKind.RenameChain when _model.Find(name) is not null:
                Refuses(TableError.ChainExists, () => Table.RenameChain(real, Encoding.ASCII.GetBytes(name)));
                break;
            case EditKind.RenameChain when chain.IsBuiltIn:
                Refuses(TableError.ChainBuiltIn, () => Table.RenameChain(real, Encoding.ASCII.GetBytes(name)));
                break;
            case EditKind.RenameChain:
                Table.RenameChain(real, Encoding.ASCII.GetBytes(name));
                chain.Name = name;
                _model.IsSorted = true;
                break;
            case EditKind.SetPolicy or EditKind.SetPolicyAndCounters when !chain.IsBuiltIn:
                Refuses(TableError.ChainNotBuiltIn, () => real.SetPolicy(Verdict.Drop, null));
                break;
            case EditKind.SetPolicy or EditKind.SetPolicyAndCounters:
                SetPolicy(chain, real, edit);
                break;
            case EditKind.Empty:
                Empty();
                break;
        }
    }

    /// <summary>Compares every answer that both give.</summary>
    public void AssertAlike()
    {
        Assert.Equal(_model.Ordered.Select(static c => c.Name), Table.Chains.Select(static c => Encoding.ASCII.GetString(c.Name)));
        foreach (ModelChain chain in _model.Chains)
        {
            Chain real = Table.Get(Encoding.ASCII.GetBytes(chain.Name));
            Assert.Equal((chain.Hook, chain.Policy, chain.Rules.Count), (real.Hook, real.Policy, real.RuleCount));
            Assert.Equal(_model.References(chain), Table.References(real));
            List<string> rules = [];
            foreach (Rule rule in Table.Rules(real))
            {
                string target = !rule.Target.IsStandardTarget ? TaggedRule.Other
                    : Table.JumpTarget(rule.Target.Verdict) is { } to ? $"{(rule.IsGoto ? "goto" : "jump")} {Encoding.ASCII.GetString(to.Name)}"
                    : rule.Target.Verdict switch { -1 => "DROP", -2 => "ACCEPT", -4 => "QUEUE", -5 => "RETURN", _ => TaggedRule.None };
                int matches = 0;
                foreach (ExtensionRecord match in rule)
                {
                    matches++;
                }

                rules.Add($"{MemoryMarshal.Read<int>(rule.Conditions)}/{matches} {target}");
            }

            Assert.Equal(chain.Rules.Select(static r => r.ToString()), rules);
        }
    }

    /// <summary>Lays the table out and reads the result in two ways: both find what the model has, and its counters.</summary>
    /// <returns>The buffer that it was laid out in.</returns>
    public NativeBuffer AssertLaidOutAlike()
    {
        XtCounters[] now = new XtCounters[_inForce.NumEntries];
        for (int i = 0; i < now.Length; i++)
        {
            now[i] = new XtCounters { Packets = (ulong)(1_000_000 + i), Bytes = (ulong)(2_000_000 + (i * 3)) };
        }

        string expected = _model.ToString();
        using BlobWriter writer = new(Table, Origin);
        TableInfo info = writer.Layout();
        byte[] bytes = writer.Blob.Slice(0, (int)info.Size).ToArray();
        Blob laidOut = new(_model.Family, info, bytes);
        Assert.Equal(expected, laidOut.ToModel().ToString());

        using NativeBuffer old = new(16 * now.Length);
        old.SetLength(16 * now.Length);
        MemoryMarshal.AsBytes(now.AsSpan()).CopyTo(old.Bytes);
        using NativeBuffer toAdd = new(0);
        List<XtCounters> wanted = _model.CountersToAdd(now);
        if (writer.CountersToAdd(old, toAdd))
        {
            Assert.Equal(wanted, MemoryMarshal.Cast<byte, XtCounters>(toAdd.Bytes).ToArray());
        }
        else
        {
            Assert.All(wanted, static c => Assert.True(c.IsZero));
        }

        using Table again = BlobReader.Read(info, laidOut.ToBuffer(), _model.Family);
        using EditedPair reread = new(again, laidOut.ToModel());
        reread.AssertAlike();
        return writer.Blob;
    }

    private EditedPair(Table table, ModelTable model)
    {
        Table = table;
        _model = model;
    }

    private static TaggedRule Zeroed(TaggedRule rule) =>
        rule.Entry < 0 ? rule with { Packets = 0, Bytes = 0 } : rule with { IsZeroed = true };

    private static void Refuses(TableError error, Action edit) => Assert.Equal(error, Assert.Throws<TableException>(edit).Error);

    private TaggedRule Rule(int choice)
    {
        List<ModelChain> users = [.. _model.Chains.Where(static c => !c.IsBuiltIn)];
        ModelChain? to = users.Count == 0 ? null : users[(choice / 8) % users.Count];
        string target = (choice % 8) switch
        {
            0 => "ACCEPT",
            1 => "DROP",
            2 => TaggedRule.None,
            3 => TaggedRule.Other,
            4 => "RETURN",
            5 when to is not null => "goto",
            _ when to is not null => "jump",
            _ => "QUEUE",
        };
        int tag = _tag++;
        return new TaggedRule(tag, target, target is "goto" or "jump" ? to : null, (choice / 64) % 4, (ulong)(tag % 3) * 7, (ulong)(tag % 3) * 700);
    }

    private byte[] Bytes(TaggedRule rule) => rule.ToBytes(_model.Family, rule.Target switch
    {
        "ACCEPT" => Verdict.Accept,
        "DROP" => Verdict.Drop,
        "RETURN" => Verdict.Return,
        "QUEUE" => Verdict.Queue,
        TaggedRule.None => Verdict.Continue,
        _ when rule.To is { } to => Verdict.JumpTo(Table.Get(Encoding.ASCII.GetBytes(to.Name)).Id),
        _ => 0,
    });

    private void DeleteChain(ModelChain chain, Chain real)
    {
        TableError? refusal = chain.IsBuiltIn ? TableError.ChainBuiltIn
            : _model.References(chain) > 0 ? TableError.ChainInUse
            : chain.Rules.Count > 0 ? TableError.ChainNotEmpty : null;
        if (refusal is { } error)
        {
            Refuses(error, () => Table.DeleteChain(real));
            return;
        }

        Table.DeleteChain(real);
        _model.Chains.Remove(chain);
    }

    private static void SetPolicy(ModelChain chain, Chain real, Edit edit)
    {
        int verdict = edit.Number % 2 == 0 ? Verdict.Accept : Verdict.Drop;
        chain.Policy = verdict;
        if (edit.Kind == EditKind.SetPolicy)
        {
            real.SetPolicy(verdict, null);
            return;
        }

        XtCounters counters = new() { Packets = (ulong)(edit.Other % 5), Bytes = (ulong)(edit.Other % 5) };
        real.SetPolicy(verdict, counters);
        chain.PolicyCounters = counters;
        chain.PolicyEntry = -1;
    }

    private void Empty()
    {
        List<Chain> all = [.. Table.Chains];
        all.ForEach(Table.Flush);
        all.FindAll(static c => !c.IsBuiltIn).ForEach(Table.DeleteChain);
        _model.Chains.ForEach(static c => c.Rules.Clear());
        _model.Chains.RemoveAll(static c => !c.IsBuiltIn);
    }
}
