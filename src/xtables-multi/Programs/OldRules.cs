using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Backends;
using Sharptables.Backends.Legacy;
using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>The rules in force before a change, to be restored: those that the change may affect.</summary>
internal sealed class OldRules : IDisposable
{
    private readonly Family[] _families;
    private readonly KernelInterface? _only;
    private readonly List<ISnapshot> _snapshots = [];

    private OldRules(Family[] families, KernelInterface? only)
    {
        _families = families;
        _only = only;
    }

    /// <summary>The families; first that of the program.</summary>
    public Family[] Families => _families;

    /// <summary>What <see cref="Receive"/> has to be told.</summary>
    public IEnumerable<string> Words => [_only?.ToString() ?? "", .. Array.ConvertAll(_families, static family => family.Name)];

    /// <summary>Reads them. The caller holds the lock.</summary>
    /// <param name="families">The families; first that of the program.</param>
    /// <param name="only">The only interface that the change uses; null: any, and then any family of nf_tables, too.</param>
    /// <exception cref="KernelException">They cannot be read.</exception>
    public static OldRules Take(Family[] families, KernelInterface? only)
    {
        OldRules taken = new(families, only);
        try
        {
            _ = taken.AddAll(LegacySnapshot.Take, NftSnapshot.Take);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Receives what <see cref="Send"/> sent; null when it is incomplete.</summary>
    /// <param name="descriptor">Where from.</param>
    /// <param name="words">Its <see cref="Words"/>.</param>
    public static OldRules? Receive(int descriptor, ReadOnlySpan<byte[]> words)
    {
        string only = MessageText.Of(words[0]);
        OldRules received = new(
            Array.ConvertAll(words[1..].ToArray(), static name => Family.Named(Encoding.ASCII.GetString(name))),
            only.Length == 0 ? null : Enum.Parse<KernelInterface>(only));
        if (received.AddAll(family => LegacySnapshot.Receive(descriptor, family), family => NftSnapshot.Receive(descriptor, family)))
        {
            return received;
        }

        received.Dispose();
        return null;
    }

    /// <summary>Sends it to another process of this program.</summary>
    /// <exception cref="KernelException">The other process does not read it.</exception>
    public void Send(int descriptor) => _snapshots.ForEach(snapshot => snapshot.Send(descriptor));

    /// <summary>Restores them.</summary>
    /// <returns>What could not be restored, and why; or null.</returns>
    public string? PutBack()
    {
        List<string> failures = [];
        foreach (ISnapshot snapshot in _snapshots)
        {
            string owner = snapshot.Family == _families[0] ? "" : $" of {(snapshot.Family is { } family ? Invocation.NameFor(family) : "nf_tables")}";
            try
            {
                foreach ((string table, string reason) in snapshot.PutBack())
                {
                    failures.Add($"table {table}{owner} could not be restored: {reason}");
                }
            }
            catch (Exception e) when (KernelErrors.IsOne(e))
            {
                failures.Add($"new tables{owner} could not be cleared: {KernelErrors.Text(e)}");
            }
        }

        return failures.Count == 0 ? null : string.Join("; ", failures);
    }

    /// <inheritdoc/>
    public void Dispose() => _snapshots.ForEach(static snapshot => snapshot.Dispose());

    /// <summary>Adds a snapshot of each interface that counts.</summary>
    /// <returns>Whether there were all.</returns>
    private bool AddAll(Func<Family, ISnapshot?> legacy, Func<Family?, ISnapshot?> nft) =>
        (_only == KernelInterface.Nft || Array.TrueForAll(_families, family => Add(legacy(family))))
        && (_only == KernelInterface.Legacy || Add(nft(_only is null ? null : _families[0])));

    private bool Add(ISnapshot? snapshot)
    {
        if (snapshot is not null)
        {
            _snapshots.Add(snapshot);
        }

        return snapshot is not null;
    }
}
