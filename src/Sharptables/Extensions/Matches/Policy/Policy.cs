using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>
/// <c>-m policy</c>. While a rule is read, the element being described comes first, followed by those before it; when a rule is written,
/// each takes the first place in turn.
/// </summary>
internal sealed class Policy : Match<PolicyInfo>
{
    private const ushort In = 1 << 0; // XT_POLICY_MATCH_*
    private const ushort Out = 1 << 1;
    private const ushort None = 1 << 2;
    private const ushort Strict = 1 << 3;
    private const byte Tunnel = 1; // XT_POLICY_MODE_TUNNEL
    private const byte Source = 1 << 0; // bits of struct xt_policy_spec
    private const byte Destination = 1 << 1;
    private const byte Mode = 1 << 3;

    private static readonly AddressMaskSyntax s_endpoint = new(isAlwaysNumeric: true);
    private static readonly Option[] s_elementOptions =
    [
        Element("reqid", 5, new Number<uint>(0, uint.MaxValue, placeholder: "reqid"), (ref i) => ref i.Elements[0].RequestId,
            "The request id, which ties the policy to its security association."),
        Element("spi", 4, new HexNumber("spi"), (ref i) => ref i.Elements[0].Spi, "The security parameter index."),
        Element("proto", 2, new IPsecProtocol(), (ref i) => ref i.Elements[0].Protocol, "The protocol: ah, esp or ipcomp."),
        Element("mode", 3, new Keyword<byte>(["transport", "tunnel"], "policy match: invalid mode \"{0}\""),
            (ref i) => ref i.Elements[0].Mode, "What is protected: the packet's contents (transport), or all of it (tunnel)."),
        Element("tunnel-dst", 1, s_endpoint, (ref i) => ref i.Elements[0].Destination, "The end of the tunnel; only with {--mode} tunnel.",
            helpRank: 1),
        Element("tunnel-src", 0, s_endpoint, (ref i) => ref i.Elements[0].Source, "The start of the tunnel; only with {--mode} tunnel."),
    ];

    private readonly Option _strict;

    /// <inheritdoc/>
    public override string Name => "policy";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the IPsec policy that was, or will be, applied to them.";

    /// <inheritdoc/>
    public override string DependsOn => "the IPsec policies of the kernel";

    /// <inheritdoc/>
    public override string ListedAs => " policy match";

    public Policy() => Options =
    [
        Option("dir", new FlagWord<ushort>("policy_match: invalid dir \"{0}\"", ("in", In), ("out", Out)), (ref i) => ref i.Flags,
            "Whether the policy was applied on the way in, or will be on the way out."),
        Option("pol", new FlagWord<ushort>("policy match: invalid policy \"{0}\"", ("none", None), ("ipsec", 0)), (ref i) => ref i.Flags,
            "Whether there is a policy; ipsec if not given."),
        _strict = Flag("strict", Bit((ref i) => ref i.Flags, Strict),
            "The elements are the whole policy; otherwise one may be anywhere in it."),
        .. s_elementOptions,
        new NextElement { When = static (in i) => i.Count > 1, MayRepeat = true, Needs = [_strict], HelpRank = 1 },
    ];

    /// <inheritdoc/>
    protected override void Finish(ref PolicyInfo info, in Given given, RuleInProgress rule)
    {
        if ((info.Flags & (In | Out)) == 0)
        {
            throw new UsageException("policy match: neither --dir in nor --dir out specified");
        }

        if ((info.Flags & None) != 0)
        {
            string? unwanted = (info.Flags & Strict) != 0 ? "--strict" : info.Count != 0 || info.Elements[0].Asked != 0 ? "policy" : null;
            if (unwanted is not null)
            {
                throw new UsageException($"policy match: policy none but {unwanted} given");
            }

            return;
        }

        PolicyInfo.PolicyElement last = info.Elements[0]; // its place is after the others
        for (int i = 0; i < info.Count; i++)
        {
            info.Elements[i] = info.Elements[i + 1];
        }

        info.Elements[info.Count++] = last;
        for (int i = 0; i < info.Count; i++)
        {
            ref readonly PolicyInfo.PolicyElement element = ref info.Elements[i];
            if ((info.Flags & Strict) != 0 && element.Asked == 0)
            {
                throw new UsageException($"policy match: empty policy element {i}. "
                    + "--strict is in effect, but at least one of reqid, spi, tunnel-src, tunnel-dst, proto or mode is required.");
            }

            bool isTunnel = (element.Asked & Mode) != 0 && ((element.Inverted & Mode) == 0) == (element.Mode == Tunnel);
            if ((element.Asked & (Source | Destination)) != 0 && !isTunnel)
            {
                throw new UsageException("policy match: --tunnel-src/--tunnel-dst is only valid in tunnel mode");
            }
        }
    }

    /// <inheritdoc/>
    protected override string? Misuse(in PolicyInfo info, Rule rule, Hooks hooks) =>
        (info.Flags & In) != 0 && (hooks & (Hooks.Output | Hooks.PostRouting)) != 0
            ? "--dir in works in PREROUTING, INPUT and FORWARD only"
            : (info.Flags & Out) != 0 && (hooks & (Hooks.PreRouting | Hooks.Input)) != 0
                ? "--dir out works in FORWARD, OUTPUT and POSTROUTING only"
                : null;

    private static Option<PolicyInfo, T> Element<T>(string name, int bit, Syntax<T> syntax, FieldRef<PolicyInfo, T> field, string summary,
        int helpRank = 0)
        where T : unmanaged => Option(name, syntax, field, summary, repeat: true, helpRank: helpRank,
        present: OncePerElement(name, (byte)(1 << bit)),
            invert: Bit((ref i) => ref i.Elements[0].Inverted, (byte)(1 << bit)),
            listed: (in i) => i.Count == 1 && (i.Elements[0].Asked & (1 << bit)) != 0);

    /// <summary>An option that may be given only once for each element.</summary>
    private static Switch<PolicyInfo> OncePerElement(string name, byte bit) => Switch(
        (in i) => i.Count > 0 && (i.Elements[0].Asked & bit) != 0, // the original leaves garbage beyond the count, which the kernel ignores
        (ref i) => i.Elements[0].Asked |= (i.Elements[0].Asked & bit) == 0 ? bit : throw new UsageException($"policy match: double --{name} option"));

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref PolicyInfo info)
    {
        if (statement is not Statement.Asked { Words: "meta ipsec", Values.Intervals: [var (first, last)] } asked || first != last || first > 1 || info.Flags != 0)
        {
            return false;
        }

        bool isThere = (first == 1) != asked.IsInverted;
        (info.Flags, info.Count) = isThere ? (In, (ushort)1) : ((ushort)(In | None), (ushort)0);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in PolicyInfo info, NftText nft)
    {
        bool isAny = (info.Flags & Out) == 0 && ((info.Flags & None) != 0 || (info.Count <= 1 && info.Elements[0].Asked == 0 && (info.Flags & Strict) == 0));
        return isAny && nft.Write($" meta secpath {((info.Flags & None) != 0 ? "missing" : "exists")}");
    }

    /// <summary>
    /// Ends the description of an element; saved once for all elements after the first, each followed by its options. Listings number the
    /// elements if there are several.
    /// </summary>
    private sealed class NextElement() : Option<PolicyInfo>("next", "What follows describes the next element of the policy.")
    {
        public override void Save(ReadOnlySpan<byte> payload, Output output, in Format format) => Write(payload, 1, output, format);

        public override void List(ReadOnlySpan<byte> payload, Output output, in Format format) => Write(payload, 0, output, format);

        public override void Parse(in Argument argument, Span<byte> payload)
        {
            ref PolicyInfo info = ref As(payload);
            if (++info.Count == PolicyInfo.MaxElements)
            {
                throw new UsageException("policy match: maximum policy depth reached");
            }

            info.Elements[info.Count] = info.Elements[0];
            info.Elements[0] = default;
        }

        private static void Write(ReadOnlySpan<byte> payload, int first, Output output, in Format format)
        {
            PolicyInfo shown = As(payload);
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<PolicyInfo>(in shown));
            for (int i = first; i < Math.Min((int)shown.Count, PolicyInfo.MaxElements); i++)
            {
                output.Write(format.IsListing ? $" [{i}]" : " --next");
                shown.Elements[0] = As(payload).Elements[i];
                foreach (Option option in s_elementOptions)
                {
                    if (!option.IsWritten(bytes))
                    {
                        continue;
                    }

                    if (format.IsListing)
                    {
                        option.List(bytes, output, format);
                    }
                    else
                    {
                        option.Save(bytes, output, format);
                    }
                }
            }
        }
    }
}
