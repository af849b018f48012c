using System;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Backends.Nft;

/// <summary>Writes objects of nf_tables in the words of its library, as far as those are not iptables' own.</summary>
/// <param name="output">Where to write.</param>
internal sealed class ObjectText(Output output)
{
    /// <summary>Writes a table: <c>table filter ip flags 0 use 1 handle 1</c>.</summary>
    public void WriteTable(byte family, ReadOnlySpan<byte> attributes)
    {
        output.Write("table "u8);
        WriteName(attributes, NfTables.Table.Name);
        output.Write($" {NftFamily.NameOf(family)} flags {Number(attributes, NfTables.Table.Flags)} use {Number(attributes, NfTables.Table.Use)} handle ");
        output.WriteNumber(NetlinkAttributes.FindLongNumber(attributes, NfTables.Table.Handle));
    }

    /// <summary>Writes a chain: <c>ip filter INPUT use 1 type filter hook input prio 0 policy accept packets 0 bytes 0 flags 1</c>.</summary>
    public void WriteChain(byte family, ReadOnlySpan<byte> attributes)
    {
        NftChain chain = NftChain.Read(attributes);
        WritePlace(family, attributes, NfTables.Chain.Table, NfTables.Chain.Name);
        output.Write($" use {chain.Use}");
        if (chain.Hook >= 0)
        {
            output.Write($" type {chain.Type} hook {NftFamily.HookOf(family, chain.Hook)} prio {chain.Priority} policy {(chain.Drops ? "drop" : "accept")} ");
            output.Write($"packets {chain.Counters.Packets} bytes {chain.Counters.Bytes}");
            WriteDevices(NetlinkAttributes.Find(attributes, NfTables.Chain.Hook));
        }

        if (Number(attributes, NfTables.Chain.Flags) is not 0 and var flags)
        {
            output.Write($" flags {flags:x}");
        }
    }

    /// <summary>Writes what a rule says, in nft(8)'s words.</summary>
    /// <param name="family">The number of its family.</param>
    /// <param name="attributes">The rule.</param>
    /// <param name="sets">The sets of its table.</param>
    public void WriteRule(byte family, ReadOnlySpan<byte> attributes, SetSource sets)
    {
        Output text = new(Output.Kept);
        new RuleWords(family, SystemNames.Instance, sets).Write(
            NetlinkAttributes.Find(attributes, NfTables.Rule.Expressions), NetlinkAttributes.Find(attributes, NfTables.Rule.UserData), text);
        MessageText.Show(text.Written, output);
    }

    /// <summary>Writes who has changed the ruleset last: <c>GENID=2 PID=32399 NAME=iptables-nft</c>.</summary>
    public void WriteGeneration(ReadOnlySpan<byte> attributes)
    {
        output.Write($"GENID={Number(attributes, NfTables.Generation.Id)} PID={Number(attributes, NfTables.Generation.ProcessId)} NAME=");
        WriteName(attributes, NfTables.Generation.ProcessName);
    }

    /// <summary>Writes a name, of which a program may have made anything.</summary>
    public void WriteName(ReadOnlySpan<byte> attributes, ushort name) =>
        MessageText.Show(NetlinkAttributes.FindText(attributes, name), output);

    /// <summary>Writes where something is: the family, the table, the chain.</summary>
    public void WritePlace(byte family, ReadOnlySpan<byte> attributes, ushort table, ushort chain)
    {
        output.Write(NftFamily.NameOf(family));
        output.Write((byte)' ');
        WriteName(attributes, table);
        output.Write((byte)' ');
        WriteName(attributes, chain);
    }

    private void WriteDevices(ReadOnlySpan<byte> hook)
    {
        NetlinkAttributes devices = new(NetlinkAttributes.Find(hook, NfTables.Hook.Devices));
        while (devices.MoveNext())
        {
            output.Write(" dev "u8);
            MessageText.Show(devices.Text, output);
        }
    }

    private static uint Number(ReadOnlySpan<byte> attributes, ushort type) => NetlinkAttributes.FindNumber(attributes, type);
}
