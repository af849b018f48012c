using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary>
/// A target that replaces one IPv6 network prefix by another (RFC 6296): <c>-j SNPT</c> and <c>-j DNPT</c>, which change source and
/// destination.
/// </summary>
internal abstract class PrefixTranslation : Target<PrefixTranslationInfo>
{
    private const int LongestPrefix = 64;

    private readonly Field _changed;

    /// <param name="name">The name.</param>
    /// <param name="hooks">The hooks from which it may be reached.</param>
    private protected PrefixTranslation(string name, Hooks hooks)
    {
        Name = name;
        _changed = (hooks & Hooks.PostRouting) != 0 ? Field.Ip.Source.In(Family.IPv6) : Field.Ip.Destination.In(Family.IPv6);
        Usage = new(Tables: ["mangle"], Hooks: hooks);
        Options =
        [
            Network("src-pfx", (ref i) => ref i.Source, (ref i) => ref i.SourceLength, "The prefix to replace."),
            Network("dst-pfx", (ref i) => ref i.Destination, (ref i) => ref i.DestinationLength, "The new prefix."),
        ];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_TARGET_NPT";

    /// <inheritdoc/>
    public override Usage Usage { get; }

    /// <summary>The checksum adjustment is private to the kernel.</summary>
    public override int ComparedSize { get; } = Through((ref i) => ref i.DestinationLength);

    /// <inheritdoc/>
    protected override string? Misuse(in PrefixTranslationInfo info, in Format format)
    {
        if (info.SourceLength > LongestPrefix || info.DestinationLength > LongestPrefix)
        {
            return "a prefix may not be longer than 64";
        }

        return HasMore(info.Source, info.SourceLength) || HasMore(info.Destination, info.DestinationLength)
            ? "an address may have no bits behind its prefix"
            : null;
    }

    private static PairOption<PrefixTranslationInfo, Prefix> Network(string name, FieldRef<PrefixTranslationInfo, InetAddress> address,
        FieldRef<PrefixTranslationInfo, byte> length, string summary) => new(
        name,
        new PrefixSyntax(),
        (in i) => new() { Address = address(ref Unsafe.AsRef(in i)), Length = length(ref Unsafe.AsRef(in i)) },
        (ref i, in prefix) => (address(ref i), length(ref i)) = (prefix.Address, prefix.Length),
        summary)
        {
            IsRequired = true,
        };

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

    /// <summary>A prefix and its length.</summary>
    private struct Prefix
    {
        /// <summary>The first address.</summary>
        public InetAddress Address;

        /// <summary>The prefix length.</summary>
        public byte Length;
    }

    private sealed class PrefixSyntax : Syntax<Prefix>
    {
        private static readonly AddressMaskSyntax s_addressAndMask = new();

        public override string Placeholder => "prefix/length";

        public override void Parse(in Argument argument, ref Prefix field)
        {
            AddressMask prefix = default;
            s_addressAndMask.Parse(argument, ref prefix);
            int bits = Addresses.PrefixLength(InetAddress.Bytes(prefix.Mask, argument.Family));
            if (bits < 0)
            {
                throw argument.Refuse(
                    $"bad value for option \"--{argument.Option.FullName}\", neither a valid network mask nor valid CIDR (0-128).\n");
            }

            (field.Address, field.Length) = (prefix.Address, (byte)bits);
        }

        public override void Write(in Prefix field, Output output, in Format format)
        {
            Addresses.Write(output, InetAddress.Bytes(field.Address, format.Family));
            output.Write((byte)'/');
            output.WriteNumber((ulong)field.Length);
        }
    }

    /// <summary>Replaces the prefix, and changes another part of the address so that checksums stay right (RFC 6296, sections 3.4 and 3.5).</summary>
    protected override Fate? Act(in PrefixTranslationInfo info, Packet packet)
    {
        if (packet.Find(_changed) is not { } address)
        {
            packet.Forget(_changed);
            return Fate.Continue;
        }

        int length = Math.Max(info.SourceLength, info.DestinationLength);
        UInt128 old = info.Source.NumberIn(_changed), other = info.Destination.NumberIn(_changed), mask = length == 0 ? 0 : UInt128.MaxValue << (128 - length);
        UInt128 changed = (address & ~mask) | (other & mask);
        int shift = length <= 48 ? 64 : 48;
        while (length > 48 && shift >= 0 && (ushort)(changed >> shift) == ushort.MaxValue)
        {
            shift -= 16;
        }

        if (shift < 0)
        {
            return Fate.Drop; // no part of it may be changed
        }

        int word = Add(Add((ushort)(changed >> shift), Sum(old)), ~Sum(other) & ushort.MaxValue);
        changed = (changed & ~((UInt128)ushort.MaxValue << shift)) | ((UInt128)(word == ushort.MaxValue ? 0 : word) << shift);
        packet.Change(_changed, kept: 0, changed);
        return Fate.Continue;
    }

    /// <summary>Adds as the checksums of the Internet do (RFC 1071).</summary>
    private static int Add(int a, int b) => a + b > ushort.MaxValue ? a + b - ushort.MaxValue : a + b;

    private static int Sum(UInt128 address)
    {
        int sum = 0;
        for (; address != 0; address >>= 16)
        {
            sum = Add(sum, (ushort)address);
        }

        return sum;
    }
}

/// <summary>The kernel's struct for <c>-j SNPT</c>.</summary>
[KernelStruct("struct ip6t_npt_tginfo", "linux/netfilter_ipv6/ip6t_NPT.h")]
[StructLayout(LayoutKind.Sequential)]
public struct PrefixTranslationInfo
{
    /// <summary>The prefix to replace.</summary>
    [KernelField("src_pfx")]
    public InetAddress Source;

    /// <summary>The new prefix.</summary>
    [KernelField("dst_pfx")]
    public InetAddress Destination;

    /// <summary>0 to 64.</summary>
    [KernelField("src_pfx_len")]
    public byte SourceLength;

    /// <summary>0 to 64.</summary>
    [KernelField("dst_pfx_len")]
    public byte DestinationLength;

    /// <summary>Private to the kernel.</summary>
    public ushort Adjustment;
}
