using System;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Nft;

/// <summary>Whether the programs that use nf_tables keep rules here. Asking loads no module and reads no rule.</summary>
internal static class NftPresence
{
    private const int HeadSize = 4; // struct nfgenmsg, linux/netfilter/nfnetlink.h; its first byte is the family

    /// <summary>Whether the kernel has nf_tables at present; if it is built in beside modules, this does not tell.</summary>
    private static bool IsLoaded => FileDescriptor.Exists("/sys/module/nf_tables"u8) || !FileDescriptor.Exists("/proc/modules"u8);

    /// <summary>Whether the kernel answers to requests to nf_tables, which may load it.</summary>
    public static bool Answers()
    {
        try
        {
            using NetlinkSocket socket = new(NetlinkSocket.Netfilter);
            socket.Get(NfTables.Message.GetGeneration, new byte[HeadSize], static _ => { });
            return true;
        }
        catch (KernelException e)
        {
            return e.Errno == Errno.EPERM; // it does not say before it has asked who asks
        }
    }

    /// <summary>Whether a table that iptables would use has chains.</summary>
    /// <param name="families">The families.</param>
    public static bool HasTablesOf(params ReadOnlySpan<Family> families)
    {
        if (!IsLoaded)
        {
            return false;
        }

        bool found = false;
        try
        {
            using NetlinkSocket socket = new(NetlinkSocket.Netfilter);
            foreach (Family family in families)
            {
                socket.Dump(NfTables.Message.GetTable, [NfTables.FamilyOf(family), 0, 0, 0], message => found |= IsInUse(message[HeadSize..]));
            }
        }
        catch (KernelException)
        {
            return false; // it is not for this process to know
        }

        return found;
    }

    private static bool IsInUse(ReadOnlySpan<byte> table)
    {
        ReadOnlySpan<byte> name = NetlinkAttributes.Find(table, NfTables.Table.Name).TrimEnd((byte)0);
        bool isOurs = name.SequenceEqual("filter"u8) || name.SequenceEqual("nat"u8) || name.SequenceEqual("mangle"u8)
            || name.SequenceEqual("raw"u8) || name.SequenceEqual("security"u8);
        return isOurs && NetlinkAttributes.FindNumber(table, NfTables.Table.Use) > 0;
    }
}
