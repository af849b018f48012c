using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m connlimit</c>.</summary>
/// <param name="family">The family of the rules.</param>
public sealed class ConnLimit(Family family) : Match<ConnLimit.Info>
{
    private const uint Upto = 1 << 0;
    private const uint Destination = 1 << 1;

    /// <inheritdoc/>
    public override string Name => "connlimit";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by how many connections their host, or network, has at once.";

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <summary>The pointer at the end is the kernel's own.</summary>
    public override int ComparedSize => 24;

    /// <inheritdoc/>
    public override Option[] Options { get; } =
    [
        Option("connlimit-upto", new LimitSyntax(Upto), (ref i) => ref i, "Match while there are so many connections or fewer.",
            when: static (in i) => (i.Flags & Upto) != 0, invert: Turned, excludes: ["connlimit-above"]),
        Option("connlimit-above", new LimitSyntax(0), (ref i) => ref i, "Match when there are more connections than that.",
            when: static (in i) => (i.Flags & Upto) == 0, invert: Turned),
        Option("connlimit-mask", new MaskSyntax(), (ref i) => ref i.Mask, "Count the hosts of a network of this prefix length as one."),
        Preset("connlimit-saddr", static (ref _) => { }, "Count by source address; the default.",
            when: static (in i) => (i.Flags & Destination) == 0, excludes: ["connlimit-daddr"]),
        Flag("connlimit-daddr", Bit((ref i) => ref i.Flags, Destination), "Count by destination address."),
    ];

    private static Bit<Info> Turned { get; } = new Turn();

    /// <summary>The mask of a single IPv4 host is sent as 4 bytes or as 16, as it was typed; both mean the same.</summary>
    public override bool AreSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int used = InetAddress.LengthIn(family);
        return a[..used].SequenceEqual(b[..used]) && a[InetAddress.Size..ComparedSize].SequenceEqual(b[InetAddress.Size..ComparedSize]);
    }

    /// <inheritdoc/>
    protected override void Begin(ref Info info, RuleInProgress rule) => info.Mask[..].Fill(0xff); // all 16 bytes in either family

    /// <inheritdoc/>
    protected override void Finish(ref Info info, in Given given, RuleInProgress rule)
    {
        if (!given["connlimit-upto"] && !given["connlimit-above"])
        {
            throw new UsageException("You must specify \"--connlimit-above\" or \"--connlimit-upto\".");
        }
    }

    /// <inheritdoc/>
    protected override void List(in Info info, Output output, in Format format)
    {
        output.Write((info.Flags & Destination) == 0 ? " #conn src/"u8 : " #conn dst/"u8);
        MaskSyntax.Write(info.Mask, output, format.Family);
        output.Write((info.Flags & Upto) == 0 ? " > "u8 : " <= "u8);
        output.WriteNumber((ulong)info.Limit);
    }

    /// <summary>The kernel's struct.</summary>
    [KernelStruct("struct xt_connlimit_info", "linux/netfilter/xt_connlimit.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct Info
    {
        /// <summary>Which bits of an address tell hosts apart.</summary>
        public InetAddress Mask;

        /// <summary>How many connections.</summary>
        public uint Limit;

        /// <summary><c>XT_CONNLIMIT_*</c>.</summary>
        public uint Flags;

        /// <summary>The kernel's own.</summary>
        public ulong Data;
    }

    /// <summary>A number of connections, and whether it is the most that match or the most that do not.</summary>
    private sealed class LimitSyntax(uint flag) : Syntax<Info>
    {
        private static readonly Number<uint> s_number = new(0, uint.MaxValue);

        public override string Placeholder => s_number.Placeholder;

        public override void Parse(in Argument argument, ref Info field)
        {
            s_number.Parse(argument, ref field.Limit);
            field.Flags |= flag;
        }

        public override void Write(in Info field, Output output, in Format format) => s_number.Write(field.Limit, output, format);
    }

    /// <summary>Inversion makes the one option the other, and is saved as that.</summary>
    private sealed class Turn : Bit<Info>
    {
        public override bool IsSet(in Info info) => false;

        public override void Set(ref Info info) => info.Flags ^= Upto;
    }

    /// <summary>A prefix length, or a mask written as an address.</summary>
    private sealed class MaskSyntax : Syntax<InetAddress>
    {
        public override string Placeholder => "n";

        public static void Write(in InetAddress mask, Output output, Family family)
        {
            ReadOnlySpan<byte> bytes = InetAddress.Bytes(mask, family);
            if (Addresses.PrefixLength(bytes) is >= 0 and var prefix)
            {
                output.WriteNumber((ulong)prefix);
            }
            else
            {
                Addresses.Write(output, bytes);
            }
        }

        public override void Parse(in Argument argument, ref InetAddress field)
        {
            field = default;
            AddressMaskSyntax.ParseMask(argument, argument.Text, ref field);
        }

        public override void Write(in InetAddress field, Output output, in Format format) => Write(field, output, format.Family);
    }
}
