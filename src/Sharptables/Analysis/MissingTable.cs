using System;
using System.Text;
using Sharptables.Backends;
using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Analysis;

/// <summary>Explains why a table is not available, and what was tried.</summary>
internal static class MissingTable
{
    /// <summary>The error when nf_tables does not answer at all.</summary>
    /// <param name="tables">Where the table was looked for.</param>
    /// <param name="name">The name of the table.</param>
    /// <param name="cause">The kernel's error.</param>
    public static UsageException NoRuleset(ITables tables, string name, KernelException cause)
    {
        string reason = cause.Errno == Errno.EPERM ? "Permission denied (you must be root)" : cause.Message;
        return new UsageException($"Could not fetch rule set generation id: {reason}", ErrorShape.RefusedByNft) { Hint = Hint(tables, name, cause) };
    }

    /// <summary>The hint for the error, or null.</summary>
    /// <param name="tables">Where it was looked for.</param>
    /// <param name="name">The name of the table.</param>
    /// <param name="cause">The kernel's error.</param>
    public static string? Hint(ITables tables, string name, KernelException cause)
    {
        bool isKnown = BuiltInTable.Named(name, tables.Family) is not null;
        return cause.Errno switch
        {
            Errno.ENOPROTOOPT => Attempt(tables) + OtherInterface(),
            Errno.ENOENT when isKnown => $"The kernel does not have this table, nor a module for it.{OtherInterface()}",
            Errno.ENOENT => Names(BuiltInTable.Of(tables.Family)),
            _ => PermissionHint.For(cause),
        };
    }

    private static string Names(BuiltInTable[] tables)
    {
        string[] names = Array.ConvertAll(tables, static table => table.Name);
        return names is [var only] ? $"The only table is {only}." : $"The tables are {string.Join(", ", names[..^1])} and {names[^1]}.";
    }

    private static string Attempt(ITables tables)
    {
        string module = tables.Family.KernelTables!;
        if (tables.Loading is not { } loading)
        {
            return $"The kernel does not have {module} for this process.";
        }

        if (loading.Program is not { } program)
        {
            return $"The kernel does not have {module}, and /proc/sys/kernel/modprobe names no program to load it.";
        }

        string command = $"\"{MessageText.Of(program)} {Encoding.ASCII.GetString(loading.Module)}\"";
        return loading.Status switch
        {
            0 => $"{command} was run, but the kernel still does not have {module}.",
            ChildProcess.NotStarted => $"The kernel does not have {module}, and {command}, which loads it, could not be run.",
            _ => $"The kernel does not have {module}: {command} was run to load it, and ended with status {loading.Status}.",
        };
    }

    /// <summary>Where the rules of such a kernel are instead.</summary>
    private static string OtherInterface()
    {
        try
        {
            _ = NftTableList.Read();
            return " It has nf_tables, the interface of nft and iptables-nft.";
        }
        catch (KernelException)
        {
            return "";
        }
    }
}
