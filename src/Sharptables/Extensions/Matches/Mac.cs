using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m mac</c>.</summary>
internal sealed class Mac : Match<MacInfo>
{
    /// <inheritdoc/>
    public override string Name => "mac";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the Ethernet address of their sender.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Hooks: Hooks.PreRouting | Hooks.Input | Hooks.Forward);

    public Mac() => Options =
    [
        Option("mac-source", new MacAddressSyntax(), (ref i) => ref i.Source, "The address of the sender.",
            of: new UnsaidField(Field.Ether.Source),
            required: true, invert: Bit((ref i) => ref i.Inversion, 1), label: " MAC ", invertedLabel: " MAC ! "),
    ];

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref MacInfo info)
    {
        if (statement is not Statement.Asked { Words: "ether saddr", Values.Intervals: [var (first, last)] } asked || first != last)
        {
            return false;
        }

        for (int i = 0; i < 6; i++)
        {
            info.Source[i] = (byte)(first >> (8 * (5 - i)));
        }

        info.Inversion = asked.IsInverted ? 1u : 0;
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in MacInfo info, NftText nft)
    {
        string before = info.Inversion == 0 ? " ether saddr " : " ether saddr != ";
        foreach (byte part in (ReadOnlySpan<byte>)info.Source)
        {
            nft.Write($"{before}{part:x2}");
            before = ":";
        }

        return true;
    }
}

/// <summary>The kernel's struct for <c>-m mac</c>.</summary>
[KernelStruct("struct xt_mac_info", "linux/netfilter/xt_mac.h")]
[StructLayout(LayoutKind.Sequential)]
public struct MacInfo
{
    /// <summary>The address of the sender.</summary>
    public MacAddress Source;

    /// <summary>1: any other address.</summary>
    public uint Inversion;
}
