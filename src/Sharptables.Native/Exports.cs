using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Backends;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Native;

/// <summary>
/// What libsharptables.so exports: functions that give tables of functions, as src/c-libraries/private/sharptables.h declares them. No
/// exception leaves any of them.
/// </summary>
/// <remarks>
/// SAFETY: pointers come from the C libraries, which hand on what their callers gave: handles made here, NUL-terminated names, entries that
/// are as long as they say. NULL is an error (EINVAL).
/// </remarks>
internal static unsafe class Exports
{
    internal const int Version = 3;
    private const int MaxName = 31; // xt_chainlabel

    private delegate void Does(OpenTable open, in Arguments said);

    private delegate nint Gives(OpenTable open, in Arguments said);

    private static nint s_ip;
    private static nint s_ip6;

    /// <summary><c>sharptables_tables</c></summary>
    [UnmanagedCallersOnly(EntryPoint = "sharptables_tables")]
    public static nint Tables(int version, int family) => version != Version ? 0 : family switch
    {
        (int)AddressFamily.IPv4 => Functions(ref s_ip, &OpenIp),
        (int)AddressFamily.IPv6 => Functions(ref s_ip6, &OpenIp6),
        _ => 0,
    };

    private static nint Functions(ref nint made, delegate* unmanaged<byte*, nint*, int> open) => FunctionTable(ref made,
    [
        (nint)open,
        (nint)(delegate* unmanaged<nint, void>)&Close,
        (nint)(delegate* unmanaged<nint, int>)&Commit,
        (nint)(delegate* unmanaged<nint, byte*, int>)&ChainKind,
        (nint)(delegate* unmanaged<nint, nint>)&FirstChain,
        (nint)(delegate* unmanaged<nint, nint>)&NextChain,
        (nint)(delegate* unmanaged<nint, byte*, nint*, int>)&FirstRule,
        (nint)(delegate* unmanaged<nint, nint>)&NextRule,
        (nint)(delegate* unmanaged<nint, byte*, nint>)&Target,
        (nint)(delegate* unmanaged<nint, byte*, nint*, XtCounters*, int>)&Policy,
        (nint)(delegate* unmanaged<nint, byte*, byte*, XtCounters*, int>)&SetPolicy,
        (nint)(delegate* unmanaged<nint, byte*, byte*, uint, int>)&Insert,
        (nint)(delegate* unmanaged<nint, byte*, byte*, int>)&Append,
        (nint)(delegate* unmanaged<nint, byte*, byte*, uint, int>)&Replace,
        (nint)(delegate* unmanaged<nint, byte*, byte*, byte*, int>)&Check,
        (nint)(delegate* unmanaged<nint, byte*, byte*, byte*, int>)&Remove,
        (nint)(delegate* unmanaged<nint, byte*, uint, int>)&RemoveNumber,
        (nint)(delegate* unmanaged<nint, byte*, int>)&Flush,
        (nint)(delegate* unmanaged<nint, byte*, int>)&Zero,
        (nint)(delegate* unmanaged<nint, byte*, int>)&CreateChain,
        (nint)(delegate* unmanaged<nint, byte*, int>)&DeleteChain,
        (nint)(delegate* unmanaged<nint, byte*, byte*, int>)&RenameChain,
        (nint)(delegate* unmanaged<nint, byte*, uint*, int>)&References,
        (nint)(delegate* unmanaged<nint, byte*, uint, nint*, int>)&Counters,
        (nint)(delegate* unmanaged<nint, byte*, uint, XtCounters*, int>)&SetCounters,
        (nint)(delegate* unmanaged<nint, byte*, uint, int>)&ZeroCounters,
        (nint)(delegate* unmanaged<nint, nint*, ulong*, int>)&Dump,
    ]);

    /// <summary>A table of functions where C sees it; it is made once.</summary>
    internal static nint FunctionTable(ref nint made, ReadOnlySpan<nint> functions)
    {
        if (made == 0)
        {
            nint* place = (nint*)NativeMemory.Alloc((nuint)functions.Length, (nuint)sizeof(nint));
            functions.CopyTo(new Span<nint>(place, functions.Length));
            made = (nint)place;
        }

        return made;
    }

    [UnmanagedCallersOnly]
    private static int OpenIp(byte* name, nint* table) => Open(Family.IPv4, name, table);

    [UnmanagedCallersOnly]
    private static int OpenIp6(byte* name, nint* table) => Open(Family.IPv6, name, table);

    private static int Open(Family family, byte* name, nint* table)
    {
        try
        {
            *table = GCHandle.ToIntPtr(GCHandle.Alloc(new OpenTable(family, Text(name))));
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static void Close(nint table)
    {
        Of(table).Dispose();
        GCHandle.FromIntPtr(table).Free();
    }

    [UnmanagedCallersOnly]
    private static int Commit(nint table) => Try(table, default, static (open, in said) => open.Commit());

    [UnmanagedCallersOnly]
    private static int ChainKind(nint table, byte* chain) =>
        (int)Give(table, new(chain), static (open, in said) => open.IsBuiltIn(said.Name) switch { true => 2, false => 1, null => 0 }) - 1;

    [UnmanagedCallersOnly]
    private static nint FirstChain(nint table) => Give(table, default, static (open, in said) => NameOf(open, open.FirstChain()));

    [UnmanagedCallersOnly]
    private static nint NextChain(nint table) => Give(table, default, static (open, in said) => NameOf(open, open.NextChain()));

    [UnmanagedCallersOnly]
    private static int FirstRule(nint table, byte* chain, nint* entry) => Try(table, new(chain) { Result = entry }, static (open, in said) => *said.Result = open.FirstRule(said.Name));

    [UnmanagedCallersOnly]
    private static nint NextRule(nint table) => Give(table, default, static (open, in said) => open.NextRule());

    [UnmanagedCallersOnly]
    private static nint Target(nint table, byte* entry) => Give(table, new() { First = entry }, static (open, in said) =>
    {
        Rule rule = new(said.Entry(open), open.Layout);
        ExtensionRecord target = rule.Target;
        return !target.IsStandardTarget ? (nint)(said.First + rule.TargetOffset + sizeof(ushort)) // the name in the entry itself
            : open.JumpTarget(target.Verdict) is { } chain ? open.Given.Name(chain)
            : VerdictName(target.Verdict);
    });

    [UnmanagedCallersOnly]
    private static int Policy(nint table, byte* chain, nint* policy, XtCounters* counters) =>
        Try(table, new(chain) { Result = policy, Counters = counters }, static (open, in said) =>
        {
            Chain of = open.Get(said.Name);
            *said.Result = of.IsBuiltIn ? VerdictName(of.Policy) : 0;
            if (of.IsBuiltIn && said.Counters is not null)
            {
                *said.Counters = of.PolicyCounters;
            }
        });

    [UnmanagedCallersOnly]
    private static int SetPolicy(nint table, byte* chain, byte* policy, XtCounters* counters) =>
        Try(table, new(chain) { First = policy, Counters = counters },
            static (open, in said) => open.SetPolicy(said.Name, Text(said.First), said.Counters is null ? null : *said.Counters));

    [UnmanagedCallersOnly]
    private static int Insert(nint table, byte* chain, byte* entry, uint number) =>
        Try(table, new(chain) { First = entry, Number = number }, static (open, in said) => open.Insert(said.Name, said.Entry(open), said.Number));

    [UnmanagedCallersOnly]
    private static int Append(nint table, byte* chain, byte* entry) =>
        Try(table, new(chain) { First = entry }, static (open, in said) => open.Append(said.Name, said.Entry(open)));

    [UnmanagedCallersOnly]
    private static int Replace(nint table, byte* chain, byte* entry, uint number) =>
        Try(table, new(chain) { First = entry, Number = number }, static (open, in said) => open.Replace(said.Name, said.Entry(open), said.Number));

    [UnmanagedCallersOnly]
    private static int Check(nint table, byte* chain, byte* entry, byte* mask) =>
        Try(table, new(chain) { First = entry, Second = mask },
            static (open, in said) => open.FindEqual(said.Name, said.Entry(open), said.Mask(open), deletes: false));

    [UnmanagedCallersOnly]
    private static int Remove(nint table, byte* chain, byte* entry, byte* mask) =>
        Try(table, new(chain) { First = entry, Second = mask },
            static (open, in said) => open.FindEqual(said.Name, said.Entry(open), said.Mask(open), deletes: true));

    [UnmanagedCallersOnly]
    private static int RemoveNumber(nint table, byte* chain, uint number) =>
        Try(table, new(chain) { Number = number }, static (open, in said) => open.Delete(said.Name, said.Number));

    [UnmanagedCallersOnly]
    private static int Flush(nint table, byte* chain) => Try(table, new(chain), static (open, in said) => open.Flush(said.Name));

    [UnmanagedCallersOnly]
    private static int Zero(nint table, byte* chain) => Try(table, new(chain), static (open, in said) => open.Zero(said.Name));

    [UnmanagedCallersOnly]
    private static int CreateChain(nint table, byte* chain) => Try(table, new(chain), static (open, in said) => open.CreateChain(said.Name));

    [UnmanagedCallersOnly]
    private static int DeleteChain(nint table, byte* chain) => Try(table, new(chain), static (open, in said) => open.DeleteChain(said.Name));

    [UnmanagedCallersOnly]
    private static int RenameChain(nint table, byte* from, byte* to) =>
        Try(table, new(from) { First = to }, static (open, in said) => open.RenameChain(said.Name, Text(said.First)));

    [UnmanagedCallersOnly]
    private static int References(nint table, byte* chain, uint* count) =>
        Try(table, new(chain) { Result = (nint*)count }, static (open, in said) => *(uint*)said.Result = (uint)open.References(said.Name));

    [UnmanagedCallersOnly]
    private static int Counters(nint table, byte* chain, uint number, nint* counters) =>
        Try(table, new(chain) { Number = number, Result = counters }, static (open, in said) => *said.Result = open.Counters(said.Name, said.Number));

    [UnmanagedCallersOnly]
    private static int SetCounters(nint table, byte* chain, uint number, XtCounters* counters) =>
        Try(table, new(chain) { Number = number, Counters = counters }, static (open, in said) => open.SetCounters(said.Name, said.Number, *said.Counters));

    [UnmanagedCallersOnly]
    private static int ZeroCounters(nint table, byte* chain, uint number) =>
        Try(table, new(chain) { Number = number }, static (open, in said) => open.Zero(said.Name, said.Number));

    [UnmanagedCallersOnly]
    private static int Dump(nint table, nint* text, ulong* length) =>
        Try(table, new() { Result = text, Second = (byte*)length }, static (open, in said) =>
        {
            Output output = new(Output.Kept);
            open.Describe(output);
            *said.Result = open.Given.Text(output.Written);
            *(ulong*)said.Second = (ulong)output.Length;
        });

    private static int Try(nint table, in Arguments said, Does does)
    {
        try
        {
            does(Of(table), said);
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    /// <summary>The same for a function that gives something, and nothing for an error.</summary>
    private static nint Give(nint table, in Arguments said, Gives gives)
    {
        try
        {
            return gives(Of(table), said);
        }
        catch (Exception)
        {
            return 0;
        }
    }

    private static OpenTable Of(nint table) => (OpenTable)GCHandle.FromIntPtr(table).Target!;

    private static nint NameOf(OpenTable table, Chain? chain) => chain is null ? 0 : table.Given.Name(chain);

    /// <summary>A name, no longer than <c>xt_chainlabel</c> holds.</summary>
    private static ReadOnlySpan<byte> Text(byte* name)
    {
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name is null ? throw NoArgument() : name);
        return text.Length > MaxName ? throw new KernelException("name", Errno.EINVAL) : text;
    }

    /// <summary>The name of a verdict; empty for a rule without a target.</summary>
    private static nint VerdictName(int verdict)
    {
        ReadOnlySpan<byte> name = StandardVerdict.Name(verdict);

        // SAFETY: the compiler puts a NUL behind a UTF-8 literal, which stands in the data of the library and never moves.
        return (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(name.IsEmpty ? "\0"u8 : name));
    }

    private static KernelException NoArgument() => new("argument", Errno.EINVAL);

    private static int ErrnoOf(Exception e) => e switch
    {
        KernelException kernel => kernel.Errno,
        TableRefusedException refused => refused.Cause.Errno,
        TableException edit => edit.Error switch
        {
            TableError.NoSuchChain or TableError.NoSuchRule => Errno.ENOENT,
            TableError.NoSuchNumber => Errno.E2BIG,
            TableError.ChainExists => Errno.EEXIST,
            TableError.ChainNotEmpty => Errno.ENOTEMPTY,
            TableError.ChainInUse => Errno.EMLINK,
            _ => Errno.EINVAL,
        },
        OutOfMemoryException => Errno.ENOMEM,
        _ => Errno.EINVAL, // a malformed entry
    };

    /// <summary>What a function was called with, besides the table.</summary>
    /// <param name="chain">A chain's name.</param>
    private readonly ref struct Arguments(byte* chain)
    {
        public ReadOnlySpan<byte> Name => Text(chain);

        public byte* First { get; init; }

        public byte* Second { get; init; }

        public uint Number { get; init; }

        public nint* Result { get; init; }

        public XtCounters* Counters { get; init; }

        /// <summary>The entry that the first argument is; its head says how long it is (next_offset).</summary>
        public Span<byte> Entry(OpenTable open) =>
            new(First, Unsafe.ReadUnaligned<ushort>((First is null ? throw NoArgument() : First) + open.Layout.NextOffset));

        /// <summary>The mask that the second argument is, as long as the entry; empty for none.</summary>
        public ReadOnlySpan<byte> Mask(OpenTable open) => Second is null ? [] : new(Second, Entry(open).Length);
    }
}
