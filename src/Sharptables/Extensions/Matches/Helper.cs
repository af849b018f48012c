using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m helper</c>.</summary>
internal sealed class Helper : Match<HelperInfo>
{
    private const int MostOfName = 15; // what nf_tables has room for

    /// <inheritdoc/>
    public override string Name => "helper";

    /// <inheritdoc/>
    public override string Summary => "Matches packets of connections that a connection tracking helper has expected.";

    /// <inheritdoc/>
    public override string DependsOn => "the helper of the connection";

    public Helper() => Options =
    [
        Option("helper", new BoundedText<HelperInfo.HelperName>(placeholder: "string"), (ref i) => ref i.Helper,
            "The name of the helper, with a port if it is not the usual one: ftp-2121; an empty name for any.",
            required: true, invert: Bit((ref i) => ref i.Inversion, 1)),
    ];

    /// <summary>Listings have the name in quotes, unescaped.</summary>
    protected override void List(in HelperInfo info, Output output, in Format format)
    {
        output.Write(info.Inversion == 0 ? " helper match \""u8 : " helper match ! \""u8);
        output.Write(BoundedText<HelperInfo.HelperName>.Text(info.Helper));
        output.Write((byte)'"');
    }

    /// <inheritdoc/>
    protected override bool Translate(in HelperInfo info, NftText nft) =>
        nft.TryWriteQuoted(info.Inversion == 0 ? " ct helper " : " ct helper != ", BoundedText<HelperInfo.HelperName>.Text(info.Helper))
        && BoundedText<HelperInfo.HelperName>.Text(info.Helper).Length is > 0 and <= MostOfName;

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <summary>A connection that a helper has expected begins as a related one; what begins a new one, or has none, is of no helper.</summary>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        bool isOfNone = packet.PossibleOf(Field.Ct.State).Ask(Values.AnyBit(StateField.Established | StateField.Related)) is Answer.No;
        return !isOfNone ? Answer.Unknown : As(payload).Inversion != 0 ? Answer.Yes : Answer.No;
    }
}

/// <summary>The kernel's struct for <c>-m helper</c>.</summary>
[KernelStruct("struct xt_helper_info", "linux/netfilter/xt_helper.h")]
[StructLayout(LayoutKind.Sequential)]
public struct HelperInfo
{
    /// <summary>1: all other packets.</summary>
    [KernelField("invert")]
    public uint Inversion;

    /// <summary>The helper's name.</summary>
    [KernelField("name")]
    public HelperName Helper;

    /// <summary>A helper's name.</summary>
    [InlineArray(30)]
    public struct HelperName
    {
        private byte _first;
    }
}
