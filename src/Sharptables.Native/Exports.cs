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
    private const int Version = 1;
    private const int MaxName = 31; // xt_chainlabel

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

    private static nint Functions(ref nint made, delegate* unmanaged<byte*, nint*, int> open)
    {
        if (made == 0)
        {
            nint[] functions =
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
            ];
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
            *table = GCHandle.ToIntPtr(GCHandle.Alloc(new OpenTable(family, Name(name))));
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
    private static int Commit(nint table)
    {
        try
        {
            Of(table).Commit();
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int ChainKind(nint table, byte* chain)
    {
        try
        {
            return Of(table).IsBuiltIn(Name(chain)) switch { true => 1, false => 0, null => -1 };
        }
        catch (Exception)
        {
            return -1;
        }
    }

    [UnmanagedCallersOnly]
    private static nint FirstChain(nint table)
    {
        try
        {
            OpenTable of = Of(table);
            return of.FirstChain() is { } chain ? of.Given.Name(chain) : 0;
        }
        catch (Exception)
        {
            return 0;
        }
    }

    [UnmanagedCallersOnly]
    private static nint NextChain(nint table)
    {
        try
        {
            OpenTable of = Of(table);
            return of.NextChain() is { } chain ? of.Given.Name(chain) : 0;
        }
        catch (Exception)
        {
            return 0;
        }
    }

    [UnmanagedCallersOnly]
    private static int FirstRule(nint table, byte* chain, nint* entry)
    {
        try
        {
            *entry = Of(table).FirstRule(Name(chain));
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static nint NextRule(nint table)
    {
        try
        {
            return Of(table).NextRule();
        }
        catch (Exception)
        {
            return 0;
        }
    }

    [UnmanagedCallersOnly]
    private static nint Target(nint table, byte* entry)
    {
        try
        {
            OpenTable of = Of(table);
            Rule rule = new(Entry(entry, of.Layout), of.Layout);
            ExtensionRecord target = rule.Target;
            return !target.IsStandardTarget ? (nint)(entry + rule.TargetOffset + sizeof(ushort))
                : of.JumpTarget(target.Verdict) is { } chain ? of.Given.Name(chain)
                : VerdictName(target.Verdict);
        }
        catch (Exception)
        {
            return 0;
        }
    }

    [UnmanagedCallersOnly]
    private static int Policy(nint table, byte* chain, nint* policy, XtCounters* counters)
    {
        try
        {
            Chain of = Of(table).Get(Name(chain));
            *policy = 0;
            if (of.IsBuiltIn)
            {
                *policy = VerdictName(of.Policy);
                if (counters is not null)
                {
                    *counters = of.PolicyCounters;
                }
            }

            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int SetPolicy(nint table, byte* chain, byte* policy, XtCounters* counters)
    {
        try
        {
            Of(table).SetPolicy(Name(chain), Name(policy), counters is null ? null : *counters);
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int Insert(nint table, byte* chain, byte* entry, uint number)
    {
        try
        {
            Of(table).Insert(Name(chain), Entry(entry, Of(table).Layout), number);
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int Append(nint table, byte* chain, byte* entry)
    {
        try
        {
            Of(table).Append(Name(chain), Entry(entry, Of(table).Layout));
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int Replace(nint table, byte* chain, byte* entry, uint number)
    {
        try
        {
            Of(table).Replace(Name(chain), Entry(entry, Of(table).Layout), number);
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int Check(nint table, byte* chain, byte* entry, byte* mask)
    {
        try
        {
            Of(table).FindEqual(Name(chain), Entry(entry, Of(table).Layout), Mask(mask, entry, Of(table).Layout), deletes: false);
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int Remove(nint table, byte* chain, byte* entry, byte* mask)
    {
        try
        {
            Of(table).FindEqual(Name(chain), Entry(entry, Of(table).Layout), Mask(mask, entry, Of(table).Layout), deletes: true);
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int RemoveNumber(nint table, byte* chain, uint number)
    {
        try
        {
            Of(table).Delete(Name(chain), number);
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int Flush(nint table, byte* chain)
    {
        try
        {
            Of(table).Flush(Name(chain));
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int Zero(nint table, byte* chain)
    {
        try
        {
            Of(table).Zero(Name(chain));
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int CreateChain(nint table, byte* chain)
    {
        try
        {
            Of(table).CreateChain(Name(chain));
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int DeleteChain(nint table, byte* chain)
    {
        try
        {
            Of(table).DeleteChain(Name(chain));
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int RenameChain(nint table, byte* from, byte* to)
    {
        try
        {
            Of(table).RenameChain(Name(from), Name(to));
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int References(nint table, byte* chain, uint* count)
    {
        try
        {
            *count = (uint)Of(table).References(Name(chain));
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int Counters(nint table, byte* chain, uint number, nint* counters)
    {
        try
        {
            *counters = Of(table).Counters(Name(chain), number);
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int SetCounters(nint table, byte* chain, uint number, XtCounters* counters)
    {
        try
        {
            Of(table).SetCounters(Name(chain), number, *counters);
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int ZeroCounters(nint table, byte* chain, uint number)
    {
        try
        {
            Of(table).Zero(Name(chain), number);
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int Dump(nint table, nint* text, ulong* length)
    {
        try
        {
            OpenTable of = Of(table);
            Output output = new(Output.Kept);
            of.Describe(output);
            *text = of.Given.Text(output.Written);
            *length = (ulong)output.Length;
            return 0;
        }
        catch (Exception e)
        {
            return ErrnoOf(e);
        }
    }

    private static OpenTable Of(nint table) => (OpenTable)GCHandle.FromIntPtr(table).Target!;

    /// <summary>A name, cut to what <c>xt_chainlabel</c> holds.</summary>
    private static ReadOnlySpan<byte> Name(byte* name)
    {
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name is null ? throw NoArgument() : name);
        return text.Length > MaxName ? throw new KernelException("name", Errno.EINVAL) : text;
    }

    /// <summary>An entry, whose second half-word behind what it asks of a packet says how long it is (next_offset).</summary>
    private static Span<byte> Entry(byte* entry, RuleLayout layout) =>
        new(entry, Unsafe.ReadUnaligned<ushort>((entry is null ? throw NoArgument() : entry) + layout.NextOffset));

    private static ReadOnlySpan<byte> Mask(byte* mask, byte* entry, RuleLayout layout) => new(mask is null ? throw NoArgument() : mask, Entry(entry, layout).Length);

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
}
