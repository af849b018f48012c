using System;
using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>A chain as nf_tables has it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Handle">Its number in its table.</param>
/// <param name="Use">How many rules it has, and how many rules and sets jump to it.</param>
/// <param name="Hook">The hook of a base chain; -1 of a regular one.</param>
/// <param name="Priority">The place of a base chain among those of its hook.</param>
/// <param name="Type">The type of a base chain; empty of a regular one.</param>
/// <param name="Drops">Whether the policy of a base chain is DROP.</param>
/// <param name="Counters">What met the policy of a base chain.</param>
internal sealed record NftChain(
    byte[] Name, ulong Handle, int Use, int Hook, int Priority, string Type, bool Drops, XtCounters Counters)
{
    private const uint DropPolicy = 0; // NF_DROP

    /// <summary>Reads the attributes of a chain.</summary>
    public static NftChain Read(ReadOnlySpan<byte> attributes)
    {
        ReadOnlySpan<byte> name = default, hook = default, type = default, counters = default;
        ulong handle = 0;
        uint use = 0, policy = 1;
        NetlinkAttributes each = new(attributes);
        while (each.MoveNext())
        {
            switch (each.Type)
            {
                case NfTables.Chain.Name:
                    name = each.Text;
                    break;
                case NfTables.Chain.Handle:
                    handle = each.LongNumber;
                    break;
                case NfTables.Chain.Use:
                    use = each.Number;
                    break;
                case NfTables.Chain.Policy:
                    policy = each.Number;
                    break;
                case NfTables.Chain.Hook:
                    hook = each.Data;
                    break;
                case NfTables.Chain.Type:
                    type = each.Text;
                    break;
                case NfTables.Chain.Counters:
                    counters = each.Data;
                    break;
            }
        }

        return new NftChain(
            name.ToArray(),
            handle,
            (int)Math.Min(use, int.MaxValue),
            hook.IsEmpty ? -1 : (int)NetlinkAttributes.FindNumber(hook, NfTables.Hook.Number),
            (int)NetlinkAttributes.FindNumber(hook, NfTables.Hook.Priority),
            System.Text.Encoding.ASCII.GetString(type),
            policy == DropPolicy,
            new XtCounters
            {
                Packets = NetlinkAttributes.FindLongNumber(counters, NfTables.Counter.Packets),
                Bytes = NetlinkAttributes.FindLongNumber(counters, NfTables.Counter.Bytes),
            });
    }
}
