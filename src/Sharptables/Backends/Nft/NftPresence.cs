using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Nft;

/// <summary>Whether nf_tables is there, and has tables of iptables.</summary>
internal static class NftPresence
{
    /// <summary>Whether the kernel answers to requests to nf_tables, which may load it.</summary>
    public static bool Answers()
    {
        try
        {
            using NftSocket socket = new(Family.IPv4.Number);
            _ = socket.ReadGeneration();
            return true;
        }
        catch (KernelException e)
        {
            return e.Errno == Errno.EPERM; // whether it is there is not for this process to know
        }
    }

    /// <summary>Whether it has a table that a family's programs use; asking loads no module.</summary>
    public static bool HasTables(Family family)
    {
        // What is built in beside modules is in neither: it then counts as empty.
        if (!FileDescriptor.Exists("/sys/module/nf_tables"u8) && FileDescriptor.Exists("/proc/modules"u8))
        {
            return false;
        }

        try
        {
            using NftSocket socket = new(family.Number);
            List<byte[]> names = socket.ReadTables();
            return Array.Exists(BuiltInTable.Of(family), known => names.Exists(name => Ascii.Equals(name, known.Name)));
        }
        catch (KernelException)
        {
            return false; // nor may this process know that
        }
    }
}
