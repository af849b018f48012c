using System;
using Sharptables.Extensions.Syntax;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m string</c>.</summary>
internal sealed class String : Match<StringInfo>
{
    private static readonly Switch<StringInfo> s_inverted = Bit((ref i) => ref i.Flags, 1); // XT_STRING_FLAG_INVERT

    private readonly Option _algorithm;
    private readonly Option[] _patterns;

    /// <inheritdoc/>
    public override string Name => "string";

    /// <inheritdoc/>
    public override string Summary => "Matches packets that contain a string of bytes.";

    /// <inheritdoc/>
    public override string DependsOn => "the packet's bytes";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne => field ??= new("STRING match: You must specify `--string' or `--hex-string'", _patterns);

    /// <inheritdoc/>
    public override byte Revision => 1;

    public String() => Options =
    [
        .. _patterns = OneOf(
            Option("string", new PatternSyntax(isHex: false), (ref i) => ref i.Sought, "The string.", when: static (in i) => !NeedsHex(i),
                invert: s_inverted, label: " STRING match  ", invertedLabel: " STRING match ! "),
            Option("hex-string", new PatternSyntax(isHex: true), (ref i) => ref i.Sought,
                "The string, with hexadecimal bytes between bars: a|0d 0a|b.", when: NeedsHex,
                invert: s_inverted, label: " STRING match  ", invertedLabel: " STRING match ! ")),
        _algorithm = Option("algo", new BoundedText<StringInfo.AlgorithmName>(isName: true, placeholder: "bm|kmp"),
            (ref i) => ref i.Algorithm,
            "The search algorithm: bm, Boyer-Moore, or kmp, Knuth-Morris-Pratt.", required: true, label: " ALGO name ", helpRank: -1),
        Option("from", new Number<ushort>(0, ushort.MaxValue, placeholder: "offset"), (ref i) => ref i.From,
            "Where in the packet the search begins; 0 if not given.", absent: 0, label: " FROM ", helpRank: -2),
        Option("to", new Number<ushort>(0, ushort.MaxValue, placeholder: "offset"), (ref i) => ref i.To,
            "Where in the packet the search ends; its end if not given.", absent: ushort.MaxValue, label: " TO ", helpRank: -2),
        Flag("icase", Bit((ref i) => ref i.Flags, 2), "Ignores case.", label: " ICASE", helpRank: -1),
    ];

    /// <inheritdoc/>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Sought);

    /// <inheritdoc/>
    protected override void Finish(ref StringInfo info, in Given given, RuleInProgress rule)
    {
        if (!given[_algorithm])
        {
            // reported before --string and --hex-string exclude each other
            throw new UsageException("string: option \"--algo\" must be specified\n");
        }
    }

    /// <inheritdoc/>
    protected override string? Misuse(in StringInfo info, in Format format)
    {
        ReadOnlySpan<byte> way = BoundedText<StringInfo.AlgorithmName>.Text(info.Algorithm);
        return way.SequenceEqual("bm"u8) || way.SequenceEqual("kmp"u8) || way.SequenceEqual("fsm"u8) ? null : "--algo is bm, kmp or fsm";
    }

    /// <summary>Whether the pattern cannot be written as text: unprintable bytes, or a backslash at the end.</summary>
    private static bool NeedsHex(in StringInfo info)
    {
        ReadOnlySpan<byte> pattern = info.Sought.Text;
        return pattern is [.., (byte)'\\'] || pattern.ContainsAnyExceptInRange((byte)' ', (byte)'~');
    }

    /// <summary>A string of bytes, in quotes.</summary>
    private sealed class PatternSyntax(bool isHex) : Syntax<StringInfo.Pattern>
    {
        public override bool HoldsLineEnds => true;

        public override string Placeholder => isHex ? "string|hex|..." : "string";

        public override void Parse(in Argument argument, ref StringInfo.Pattern field)
        {
            ReadOnlySpan<byte> text = argument.Text;
            if (isHex && text.IsEmpty)
            {
                throw new UsageException("STRING must contain at least one char");
            }

            // One byte more than the kernel accepts, to notice a pattern that is too long.
            Span<byte> bytes = stackalloc byte[StringInfo.PatternBytes.Size + 1];
            int length = isHex ? ReadHex(text, bytes) : Math.Min(text.Length, bytes.Length);
            if (length > StringInfo.PatternBytes.Size)
            {
                throw new UsageException($"STRING too long \"{argument.Word}\"");
            }

            field.Bytes = default;
            (isHex ? bytes[..length] : text).CopyTo(field.Bytes);
            field.Length = (byte)length;
        }

        public override void Write(in StringInfo.Pattern field, Output output, in Format format)
        {
            output.Write(isHex ? "\"|" : "\"");
            foreach (byte c in field.Text)
            {
                if (isHex)
                {
                    output.WriteHexDigits(c, minimum: 2);
                    continue;
                }

                if (c is (byte)'"' or (byte)'\\')
                {
                    output.Write((byte)'\\');
                }

                output.Write(c);
            }

            output.Write(isHex ? "|\"" : "\"");
        }

        /// <summary>Reads text with hexadecimal bytes between bars; after a bar, a second one is literal.</summary>
        private static int ReadHex(ReadOnlySpan<byte> text, Span<byte> bytes)
        {
            int length = 0;
            bool inBars = false;
            for (int at = 0; at < text.Length && length < bytes.Length; length++)
            {
                byte value = text[at];
                if (value == '\\')
                {
                    at++;
                    value = inBars ? throw new UsageException("Cannot include literals in hex data")
                        : at < text.Length ? text[at] : throw new UsageException("Bad literal placement at end of string");
                    bytes[length] = value;
                    at++;
                    continue;
                }

                if (value == '|')
                {
                    inBars = !inBars;
                    at++;
                    at += inBars ? CountBlanks(text[at..]) : 0;
                    if (at >= text.Length)
                    {
                        break;
                    }
                }

                bytes[length] = inBars ? ReadPair(text, ref at) : text[at++];
            }

            return length;
        }

        private static int CountBlanks(ReadOnlySpan<byte> text)
        {
            int count = text.IndexOfAnyExcept((byte)' ');
            return count < 0 ? text.Length : count;
        }

        private static byte ReadPair(ReadOnlySpan<byte> text, ref int at)
        {
            if (at + 2 >= text.Length)
            {
                throw new UsageException(at + 1 >= text.Length ? "Odd number of hex digits" : "Invalid hex block");
            }

            int value = (Digit(text[at]) << 4) | Digit(text[at + 1]);
            at += text[at + 2] == ' ' ? 3 : 2;
            return (byte)value;
        }

        private static int Digit(byte c) =>
            char.IsAsciiHexDigit((char)c)
                ? (c & 0xf) + (c > '9' ? 9 : 0)
                : throw new UsageException($"Invalid hex char '{MessageText.Of([c])}'");
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        if (!packet.HasBytes)
        {
            return Answer.Unknown;
        }

        ref readonly StringInfo info = ref As(payload);
        ReadOnlySpan<byte> bytes = packet.Bytes, sought = info.Sought.Text;
        int end = Math.Min((int)info.To, bytes.Length);
        bool isThere = info.From <= end && ((info.Flags & 2) == 0 ? bytes[info.From..end].IndexOf(sought) >= 0 : Contains(bytes[info.From..end], sought));
        return isThere != s_inverted.IsSet(info) ? Answer.Yes : Answer.No;
    }

    private static bool Contains(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> sought)
    {
        for (; bytes.Length >= sought.Length; bytes = bytes[1..])
        {
            if (System.Text.Ascii.EqualsIgnoreCase(bytes[..sought.Length], sought))
            {
                return true;
            }
        }

        return false;
    }
}
