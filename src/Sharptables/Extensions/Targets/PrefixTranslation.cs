using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary>
/// A target that puts one network prefix of IPv6 in place of another (RFC 6296): <c>-j SNPT</c> and <c>-j DNPT</c>, which differ in what
/// they change.
/// </summary>
public abstract class PrefixTranslation : Target<PrefixTranslation.Info>
{
    private const int LongestPrefix = 64;

    /// <param name="name">The name.</param>
    /// <param name="hooks">Where it may stand.</param>
    private protected PrefixTranslation(string name, Hooks hooks)
    {
        Name = name;
        Usage = new(Tables: ["mangle"], Hooks: hooks);
        Options =
        [
            Option("src-pfx", new PrefixSyntax((ref i) => ref i.Source, (ref i) => ref i.SourceLength), (ref i) => ref i,
                "The prefix that is looked for.", required: true),
            Option("dst-pfx", new PrefixSyntax((ref i) => ref i.Destination, (ref i) => ref i.DestinationLength), (ref i) => ref i,
                "The prefix that is put in its place.", required: true),
        ];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_TARGET_NPT";

    /// <inheritdoc/>
    public override Usage Usage { get; }

    /// <summary>The correction of the checksum is the kernel's own.</summary>
    public override int ComparedSize => 34;

    /// <inheritdoc/>
    public override Option[] Options { get; }

    /// <inheritdoc/>
    protected override string? Misuse(in Info info, in Format format)
    {
        if (info.SourceLength > LongestPrefix || info.DestinationLength > LongestPrefix)
        {
            return "a prefix may not be longer than 64";
        }

        return HasMore(info.Source, info.SourceLength) || HasMore(info.Destination, info.DestinationLength)
            ? "an address may have no bits behind its prefix"
            : null;
    }

    private static bool HasMore(in InetAddress address, int length)
    {
        Span<byte> mask = stackalloc byte[InetAddress.Size];
        Addresses.SetPrefix(mask, length);
        for (int i = 0; i < InetAddress.Size; i++)
        {
            if ((address[i] & ~mask[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The kernel's struct.</summary>
    [KernelStruct("struct ip6t_npt_tginfo", "linux/netfilter_ipv6/ip6t_NPT.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct Info
    {
        /// <summary>The prefix that is looked for.</summary>
        [KernelField("src_pfx")]
        public InetAddress Source;

        /// <summary>The prefix that is put in its place.</summary>
        [KernelField("dst_pfx")]
        public InetAddress Destination;

        /// <summary>0 to 64.</summary>
        [KernelField("src_pfx_len")]
        public byte SourceLength;

        /// <summary>0 to 64.</summary>
        [KernelField("dst_pfx_len")]
        public byte DestinationLength;

        /// <summary>The kernel's own.</summary>
        public ushort Adjustment;
    }

    /// <summary>A prefix and its length.</summary>
    private sealed class PrefixSyntax(FieldRef<Info, InetAddress> address, FieldRef<Info, byte> length) : Syntax<Info>
    {
        private static readonly AddressMaskSyntax s_addressAndMask = new();

        public override string Placeholder => "prefix/length";

        public override void Parse(in Argument argument, ref Info field)
        {
            AddressMask prefix = default;
            s_addressAndMask.Parse(argument, ref prefix);
            int bits = Addresses.PrefixLength(InetAddress.Bytes(prefix.Mask, argument.Family));
            if (bits < 0)
            {
                throw argument.Refuse(
                    $"bad value for option \"--{argument.Option.FullName}\", neither a valid network mask nor valid CIDR (0-128).\n");
            }

            (address(ref field), length(ref field)) = (prefix.Address, (byte)bits);
        }

        public override void Write(in Info field, Output output, in Format format)
        {
            Info copy = field;
            Addresses.Write(output, InetAddress.Bytes(address(ref copy), format.Family));
            output.Write((byte)'/');
            output.WriteNumber((ulong)length(ref copy));
        }
    }
}
