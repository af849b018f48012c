using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m connbytes</c>.</summary>
internal sealed class ConnBytes : Match<ConnBytesInfo>
{
    private readonly Option _amount, _direction;

    /// <inheritdoc/>
    public override string Name => "connbytes";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by how much their connection has transferred so far.";

    /// <inheritdoc/>
    public override string DependsOn => "what the connection has carried";

    /// <inheritdoc/>
    public override string ListedAs => "";

    public ConnBytes() => Options =
    [
        _amount = Option("connbytes", new Amount(), (ref i) => ref i.Amount, "How much at least, and with a second number, at most.",
            required: true, invert: Switch(static (in i) => i.Amount.First > i.Amount.Last, Exchange)),
        Option("connbytes-mode", new Keyword<byte>(["packets", "bytes", "avgpkt"], "Unknown --connbytes-mode `{0}'"),
            (ref i) => ref i.What,
            "What to count: packets, bytes, or bytes per packet on average.", required: true, label: " connbytes mode ", helpRank: 1),
        _direction = Option("connbytes-dir", new Keyword<byte>(["original", "reply", "both"], "Unknown --connbytes-dir `{0}'"),
            (ref i) => ref i.Direction,
            "The direction: of the first packet, of replies, or both.", required: true, label: " connbytes direction "),
    ];

    /// <inheritdoc/>
    protected override void Finish(ref ConnBytesInfo info, in Given given, RuleInProgress rule)
    {
        // iptables requires the direction before the mode, and prints it after
        if (given[_amount] && !given[_direction])
        {
            throw new UsageException("connbytes: option \"--connbytes-dir\" must be specified\n");
        }
    }

    /// <summary>The kernel inverts a range whose ends are swapped.</summary>
    private static void Exchange(ref ConnBytesInfo info)
    {
        if (info.Amount.First == info.Amount.Last)
        {
            throw new UsageException(
                $"connbytes: \"! --connbytes {info.Amount.First}:{info.Amount.Last}\" cannot be told to the kernel")
            {
                Hint = "The kernel cannot express \"any number but this one\": write two rules, one for less and one for more.",
            };
        }

        info.Amount = new(info.Amount.Last, info.Amount.First);
    }

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref ConnBytesInfo info)
    {
        if (statement is not Statement.Asked { Words: ['c', 't', ' ', ..] words } asked || !asked.Values.TryBound(64, out UInt128 first, out UInt128 last))
        {
            return false;
        }

        string[] parts = words.Split(' ');
        int direction = parts.Length == 2 ? 2 : Array.IndexOf(["original", "reply"], parts[1]), what = Array.IndexOf(["packets", "bytes", "avgpkt"], parts[^1]);
        if (direction < 0 || what < 0 || (asked.IsInverted && first == last))
        {
            return false;
        }

        (info.Direction, info.What) = ((byte)direction, (byte)what);
        info.Amount = asked.IsInverted ? new((ulong)last, (ulong)first) : new((ulong)first, (ulong)last);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in ConnBytesInfo info, NftText nft)
    {
        (ulong first, ulong last) = (Math.Min(info.Amount.First, info.Amount.Last), Math.Max(info.Amount.First, info.Amount.Last));
        bool isInverted = info.Amount.First > info.Amount.Last;
        string direction = info.Direction switch { 0 => "original ", 1 => "reply ", _ => "" };
        string what = info.What switch { 0 => "packets", 1 => "bytes", _ => "avgpkt" };
        string amount = last == ulong.MaxValue ? $"{(isInverted ? "lt" : "ge")} {first}" : first == last ? $"{first}" : $"{(isInverted ? "!= " : "")}{first}-{last}";
        return nft.Write($" ct {direction}{what} {amount}");
    }

    /// <summary><c>from[:to]</c>, without a limit when only from is given.</summary>
    private sealed class Amount : Syntax<Interval<ulong>>
    {
        private static readonly IntervalSyntax<ulong> s_interval = new();

        public override string Placeholder => "from[:[to]]";

        public override void Parse(in Argument argument, ref Interval<ulong> field)
        {
            ReadOnlySpan<byte> text = argument.Text;
            int colon = text.IndexOf((byte)':');
            if (colon > 0 && Numerals.TryRead(text[..colon], 0, ulong.MaxValue, out ulong first)
                && Numerals.TryRead(text[(colon + 1)..], 0, ulong.MaxValue, out ulong last) && first > last)
            {
                throw new UsageException($"{first} should be less than {last}");
            }

            s_interval.Parse(argument, ref field);
            if (colon < 0)
            {
                field.Last = ulong.MaxValue;
            }
        }

        public override void Write(in Interval<ulong> field, Output output, in Format format)
        {
            output.WriteNumber(Math.Min(field.First, field.Last));
            ulong last = Math.Max(field.First, field.Last);
            if (last != ulong.MaxValue)
            {
                output.Write((byte)':');
                output.WriteNumber(last);
            }
        }
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <summary>What has no connection is left, be that inverted or not.</summary>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        return packet.LacksConnection ? Answer.No : Answer.Unknown;
    }
}

/// <summary>The kernel's struct for <c>-m connbytes</c>.</summary>
[KernelStruct("struct xt_connbytes_info", "linux/netfilter/xt_connbytes.h")]
[StructLayout(LayoutKind.Sequential)]
public struct ConnBytesInfo
{
    /// <summary>The least and the most; swapped when inverted.</summary>
    [KernelField("count")]
    public Interval<ulong> Amount;

    /// <summary>0 packets, 1 bytes, 2 bytes of an average packet.</summary>
    public byte What;

    /// <summary>0 original, 1 reply, 2 both.</summary>
    public byte Direction;
}
