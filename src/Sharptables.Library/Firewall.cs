using System;
using System.Runtime.Versioning;
using System.Text;
using System.Threading;
using Sharptables.Analysis;
using Sharptables.Backends;
using Sharptables.Backends.Legacy;
using Sharptables.Editing;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables;

/// <summary>
/// The rules in force in the network namespace of the process. It takes root's rights (CAP_NET_ADMIN and CAP_NET_RAW).
/// A table changes in one step, or not at all: no packet meets half of a change. What changes it, takes the lock that iptables takes
/// as well. It is not to be used by two threads at once.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class Firewall : IDisposable
{
    private readonly INames _names;
    private readonly LegacyTables _tables;
    private Held? _held;
    private bool _isDisposed;

    private Firewall(Family family, INames names)
    {
        Family = family;
        _names = names;
        _tables = Tables(names);
    }

    /// <summary>Which packets its rules are for.</summary>
    public Family Family { get; }

    /// <summary>Takes what is worth a warning in a rule that is put in force, as a line.</summary>
    public Action<string> Warn { get; set; } = static _ => { };

    /// <summary>Opens the firewall. Nothing is asked of the kernel before a table is.</summary>
    /// <param name="family">Which packets its rules are for.</param>
    /// <param name="names">What names of hosts, ports, users … in rules mean; null: what they mean on this machine.</param>
    public static Firewall Open(Family family, INames? names = null) => new(family, names ?? SystemNames.Instance);

    /// <summary>
    /// Takes the lock of all programs of iptables (<c>/run/xtables.lock</c>, or what <c>XTABLES_LOCKFILE</c> names), to do several things
    /// while nobody else changes anything. Dispose of what is returned to let go.
    /// </summary>
    /// <param name="timeout">How long to wait for it; <see cref="Timeout.InfiniteTimeSpan"/> for without end.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="TimeoutException">Another process had it all the time.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    /// <exception cref="InvalidOperationException">It is taken already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is less than none.</exception>
    /// <exception cref="FirewallException">Its file cannot be opened or locked.</exception>
    public IDisposable Lock(TimeSpan timeout, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        }

        if (_held is not null)
        {
            throw new InvalidOperationException("the lock is taken already");
        }

        byte[] path = XTablesLock.DefaultPath;
        try
        {
            XTablesLock opened = XTablesLock.Open(path);
            _held = new Held(this, opened);
            if (opened.Acquire(timeout, cancellation))
            {
                return _held;
            }

            string holder = opened.Holder() is { } other ? $"process {other.ProcessId} ({MessageText.Of(other.Command.Span)})" : "another process";
            throw new TimeoutException($"{holder} holds the lock {MessageText.Of(path)}");
        }
        catch (Exception e)
        {
            _held?.Dispose();
            if (e is KernelException failed)
            {
                bool isForbidden = failed.Errno is Errno.EACCES or Errno.EPERM && !ThisProcess.IsRoot;
                string? hint = isForbidden ? "Only root may do this; try sudo." : null;
                throw new FirewallException($"cannot lock {MessageText.Of(path)}: {e.Message}", hint, e);
            }

            throw;
        }
    }

    /// <summary>
    /// Reads the rules in force, with their counters. They are a copy: what is done to it changes nothing in the kernel. Each table is read
    /// at one moment; where several must be of the same, take the <see cref="Lock"/> first.
    /// </summary>
    /// <param name="table">The only table to read; null for all that there are.</param>
    /// <exception cref="FirewallException">
    /// There is no such table, this process may not see it, or this library does not know a rule in it.
    /// </exception>
    public RuleSet Read(string? table = null)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Output text = new(Output.Kept);
        try
        {
            foreach (byte[] name in table is null ? _tables.NamesInForce() : [Encoding.UTF8.GetBytes(table)])
            {
                using Model.Table read = Read(name);
                if (SaveText.Write(read, _tables.Extensions, program: null, showCounters: true, text) is { } unreadable)
                {
                    throw new FirewallException($"table {MessageText.Of(name)} has {unreadable}", hint: null);
                }
            }
        }
        catch (Exception e) when (FirewallException.Of(e) is { } error)
        {
            throw error;
        }

        return RuleSet.Parse(text.Written.ToArray(), Family, _names);
    }

    /// <summary>Changes a table in force, under the lock; counters of rules that stay go on.</summary>
    /// <param name="table">Its name, such as <c>filter</c>.</param>
    /// <param name="change">
    /// Looks at the table, and changes it in memory. When it throws, nothing changes; the table is no use to it afterwards.
    /// </param>
    /// <param name="cancellation">Ends the waiting for the lock, unless <see cref="Lock"/> has taken it.</param>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    /// <exception cref="FirewallException">
    /// There is no such table, this process may not change it, the change cannot be made, or the kernel refuses it: nothing has changed.
    /// </exception>
    public void Edit(string table, Action<Table> change, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(change);
        using IDisposable? taken = LockUnlessHeld(cancellation);
        using Model.Table read = Read(Encoding.UTF8.GetBytes(table));
        Table edited = new(read, _tables.Extensions, Warn);
        change(edited);
        if (!edited.IsChanged)
        {
            return;
        }

        try
        {
            _tables.Write(read);
        }
        catch (TableRefusedException e)
        {
            throw new FirewallException($"the kernel refuses table {table}: {e.Cause.Message}", Refusal.Explain(e, _tables)?.ToString(), e);
        }
        catch (Exception e) when (FirewallException.Of(e) is { } error)
        {
            throw error;
        }
    }

    /// <summary>
    /// Puts the tables of a ruleset in force in the place of those of the same names, under the lock, with the ruleset's counters. IP sets are
    /// those that have the names now. Tables change one after the other: when one is refused, those before it have changed.
    /// </summary>
    /// <param name="rules">The ruleset; it stays as it is.</param>
    /// <param name="cancellation">Ends the waiting for the lock, unless <see cref="Lock"/> has taken it.</param>
    /// <exception cref="ArgumentException">The ruleset is for other packets.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    /// <exception cref="FirewallException">
    /// A table is not there, this process may not change it, something that a rule names is not there, or the kernel refuses a table.
    /// <see cref="FirewallException.Line"/> is that of <see cref="RuleSet.ToBytes"/>.
    /// </exception>
    public void Restore(RuleSet rules, CancellationToken cancellation = default) => Restore(rules, isTest: false, cancellation);

    /// <summary>Does what <see cref="Restore(RuleSet, CancellationToken)"/> does, but for putting anything in force.</summary>
    /// <inheritdoc cref="Restore(RuleSet, CancellationToken)"/>
    public void Test(RuleSet rules, CancellationToken cancellation = default) => Restore(rules, isTest: true, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _held?.Dispose();
        _tables.Dispose();
    }

    private LegacyTables Tables(INames names) => new(new ExtensionSet(RuleSet.FamilyOf(Family)) { Names = names });

    private void Restore(RuleSet rules, bool isTest, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Family != Family)
        {
            throw new ArgumentException($"the ruleset is for {rules.Family}", nameof(rules));
        }

        byte[] text = rules.ToBytes(withCounters: true);
        RestoreOptions options = new($"{_tables.Family.Program}-restore") { RestoresCounters = true, IsTest = isTest };
        using IDisposable? taken = LockUnlessHeld(cancellation);
        using LegacyTables? others = rules.Names is { } names ? Tables(names) : null;
        try
        {
            using Restore restore = new(others ?? _tables, options, new Output(Output.Nowhere), Warn, takeLock: null);
            restore.Run(new LineReader(text));
        }
        catch (Exception e) when (FirewallException.Of(e) is { } error)
        {
            throw error;
        }
    }

    private Model.Table Read(byte[] name)
    {
        try
        {
            return _tables.Read(name);
        }
        catch (KernelException e)
        {
            string table = MessageText.Of(name);
            throw new FirewallException($"cannot read table {table}: {e.Message}", MissingTable.Hint(_tables, table, e), e);
        }
        catch (Exception e) when (FirewallException.Of(e) is { } error)
        {
            throw error;
        }
    }

    private IDisposable? LockUnlessHeld(CancellationToken cancellation) =>
        _held is null ? Lock(Timeout.InfiniteTimeSpan, cancellation) : null;

    private sealed class Held(Firewall firewall, XTablesLock taken) : IDisposable
    {
        public void Dispose()
        {
            taken.Dispose();
            firewall._held = firewall._held == this ? null : firewall._held;
        }
    }
}
