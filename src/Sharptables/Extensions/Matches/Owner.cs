using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m owner</c>.</summary>
internal sealed class Owner : Match<OwnerInfo>
{
    private const byte User = 1 << 0;
    private const byte Group = 1 << 1;
    private const byte Socket = 1 << 2;
    private const byte Supplementary = 1 << 3;

    /// <inheritdoc/>
    public override string Name => "owner";

    /// <inheritdoc/>
    public override string Summary => "Matches outgoing packets by the owner of their socket.";

    /// <inheritdoc/>
    public override string DependsOn => "the process that sends the packet";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("owner: At least one of --uid-owner, --gid-owner or --socket-exists is required");

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Hooks: Hooks.Output | Hooks.PostRouting);

    public Owner() => Options =
    [
        Flag("socket-exists", Asked(Socket), "The packet has a socket.", invert: Inverted(Socket), label: " owner socket exists"),
        Option("uid-owner", new AccountSyntax(isGroup: false), (ref i) => ref i.Users, "The user, or a range of user ids.",
            of: Field.Meta.User, present: Asked(User), invert: Inverted(User), label: " owner UID match ", helpRank: -1),
        Option("gid-owner", new AccountSyntax(isGroup: true), (ref i) => ref i.Groups, "The group, or a range of group ids.",
            of: Field.Meta.Group, present: Asked(Group), invert: Inverted(Group), label: " owner GID match ", helpRank: -1),
        Flag("suppl-groups", Switch(Asked(Supplementary).IsSet, AskSupplementary),
            "Compare {--gid-owner}, given before, with the user's supplementary groups as well.", label: " incl. suppl. groups"),
    ];

    /// <inheritdoc/>
    protected override string? Misuse(in OwnerInfo info, in Format format) =>
        info.Users.First > info.Users.Last || info.Groups.First > info.Groups.Last ? "a range ends before it begins" : null;

    private static void AskSupplementary(ref OwnerInfo info)
    {
        if ((info.Asked & Group) == 0)
        {
            throw new UsageException("owner: Bad value for \"--suppl-groups\" option: \"you need to use --gid-owner first\"");
        }

        info.Asked |= Supplementary;
    }

    private static Switch<OwnerInfo> Asked(byte bit) => Bit((ref i) => ref i.Asked, bit);

    private static Switch<OwnerInfo> Inverted(byte bit) => Bit((ref i) => ref i.Inverted, bit);

    /// <summary>A user or group, by name or number, or a range of numbers.</summary>
    private sealed class AccountSyntax(bool isGroup) : Syntax<Interval<uint>>
    {
        public override string Placeholder => isGroup ? "groupid[-groupid]" : "userid[-userid]";

        private NameKind Kind => isGroup ? NameKind.Group : NameKind.User;

        public override void Parse(in Argument argument, ref Interval<uint> field)
        {
            ReadOnlySpan<byte> text = argument.Text;
            if (argument.Names.TryGetNumber(Kind, text, out uint id))
            {
                (field.First, field.Last) = (id, id);
                return;
            }

            // 4294967295 is (uid_t)-1, which no user has
            if (!Numerals.TryReadPrefix(text, out ulong first, out ReadOnlySpan<byte> rest) || first >= uint.MaxValue)
            {
                throw argument.BadValue(argument.Names.Gap(Kind));
            }

            ulong last = first;
            if (!rest.IsEmpty
                && (rest[0] is not ((byte)'-' or (byte)':') || !Numerals.TryRead(rest[1..], 0, uint.MaxValue - 1, out last)))
            {
                throw argument.BadValue();
            }

            (field.First, field.Last) = ((uint)first, (uint)last);
        }

        public override void Write(in Interval<uint> field, Output output, in Format format)
        {
            if (field.First == field.Last && !format.IsNumeric && format.Names.TryGetName(Kind, field.First, out ReadOnlySpan<byte> name))
            {
                output.Write(name);
                return;
            }

            output.WriteNumber((ulong)field.First);
            if (field.First != field.Last)
            {
                output.Write((byte)'-');
                output.WriteNumber((ulong)field.Last);
            }
        }
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <summary>A packet that no program here has sent has no socket, and no owner: just what is inverted holds of it.</summary>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        if (packet.MayHaveSocket is false)
        {
            by = null;
            ref readonly OwnerInfo info = ref As(payload);
            return (info.Asked & ~Supplementary) == (info.Inverted & ~Supplementary) ? Answer.Yes : Answer.No;
        }

        return base.Ask(payload, packet, out by);
    }

    /// <summary>An owner that is known is that of a socket. Whose groups the user has besides is not known.</summary>
    protected override Answer AskOther(Option option, in OwnerInfo info, Packet packet) =>
        option != Options[0] ? packet.Find(Field.Meta.Group) is { } group && info.Groups.First <= group && group <= info.Groups.Last && (info.Inverted & Group) == 0 ? Answer.Yes : Answer.Unknown
        : packet.MayHaveSocket is not true ? Answer.Unknown
        : (info.Inverted & Socket) == 0 ? Answer.Yes : Answer.No;
}

/// <summary>The kernel's struct for <c>-m owner</c>.</summary>
[KernelStruct("struct xt_owner_match_info", "linux/netfilter/xt_owner.h")]
[StructLayout(LayoutKind.Sequential)]
public struct OwnerInfo
{
    /// <summary>User ids.</summary>
    [KernelField("uid_min")]
    public Interval<uint> Users;

    /// <summary>Group ids.</summary>
    [KernelField("gid_min")]
    public Interval<uint> Groups;

    /// <summary>What is compared: <c>XT_OWNER_*</c>.</summary>
    [KernelField("match")]
    public byte Asked;

    /// <summary>What of it is inverted.</summary>
    [KernelField("invert")]
    public byte Inverted;
}
