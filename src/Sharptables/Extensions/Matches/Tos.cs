using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m tos</c>. Its revision 0, older than Linux 2.6.25, is not supported.</summary>
internal sealed class Tos : Match<TosInfo>
{
    /// <inheritdoc/>
    public override string Name => "tos";

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XT_MATCH_DSCP";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by their Type of Service, or traffic class.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override byte Revision => 1;

    public Tos() => Options =
    [
        Option("tos", new ServiceType(), (ref i) => ref i.Service, "The value, optionally with a mask, or a name.",
            of: new UnsaidField(Field.Ip.Service), required: true, invert: Bit((ref i) => ref i.Inversion, 1), label: " tos match", invertedLabel: " tos match!"),
    ];

    /// <summary>In a listing, numbers follow the label without a blank, names with one.</summary>
    private sealed class ServiceType : Syntax<TosInfo.MaskedService>
    {
        public override string Placeholder => "value[/mask]|symbol";

        public override IReadOnlyList<string> Choices => TypeOfService.Names;

        public override void Parse(in Argument argument, ref TosInfo.MaskedService field) =>
            TypeOfService.Parse(argument, out field.Value, out field.Mask);

        public override void Write(in TosInfo.MaskedService field, Output output, in Format format)
        {
            if (!format.IsNumeric && TypeOfService.NameOf(field.Value, field.Mask) is { } name)
            {
                output.Write((byte)' ');
                output.Write(name);
            }
            else
            {
                TypeOfService.Write(field.Value, field.Mask, output);
            }
        }
    }
}

/// <summary>The kernel's struct for <c>-m tos</c>.</summary>
[KernelStruct("struct xt_tos_match_info", "linux/netfilter/xt_dscp.h")]
[StructLayout(LayoutKind.Sequential)]
public struct TosInfo
{
    /// <summary>The bits that are compared, and their value.</summary>
    [KernelField("tos_mask")]
    public MaskedService Service;

    /// <summary>1: anything else.</summary>
    [KernelField("invert")]
    public byte Inversion;

    /// <summary>A value and a mask, in the kernel's order.</summary>
    public struct MaskedService : IValues
    {
        /// <inheritdoc/>
        readonly Values IValues.ValuesOf(Field field) => Values.Masked(Value, Mask);

        /// <inheritdoc/>
        readonly bool IValues.TryTake(Field field, Values values) => false;

        /// <summary>The bits that are compared.</summary>
        public byte Mask;

        /// <summary>Their value.</summary>
        public byte Value;
    }
}
