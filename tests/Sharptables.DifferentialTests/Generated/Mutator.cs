using System.Buffers;
using System.Text;

namespace Sharptables.DifferentialTests.Generated;

/// <summary>Damages text, a few times in a row: bits, bytes, numbers, words and lines, and parts of another text in its place.</summary>
/// <param name="random">The source of the choices: the same seed does the same damage.</param>
internal sealed class Mutator(Random random)
{
    /// <summary>The limit lets a thousand inputs take seconds. Endless input has tests of its own.</summary>
    private const int LargestInput = 64 * 1024;

    private static readonly SearchValues<byte> s_digits = SearchValues.Create("0123456789"u8);

    private static readonly string[] s_numbers =
    [
        "0", "-1", "1", "127", "128", "255", "256", "32767", "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296",
        "9223372036854775808", "18446744073709551615", "18446744073709551616", "99999999999999999999999999", "0x", "0x10", "010", "08", "1e9",
        "1.5", "",
    ];

    private static readonly string[] s_words =
    [
        "\0", "\n", "\r\n", " ", "\t", "\"", "'", "\\", "\\\"", "-", "--", "!", "! !", "\xff", "\xc3\xa9", "\xef\xbb\xbf", "\x1b[2J", "%s%n",
        "[", "]", "[0:0]", "[1:", ":", "::", "*", "#", ",", "/", "/0", "/33", "+", "|00|", "|0", "|", "*filter\n", "*nat\n", "COMMIT\n",
        ":INPUT DROP [0:0]\n", ":x - [0:0]\n", " -j ", " -g ", " -m ", " -p tcp ", " ! -s ", " -A INPUT ", " -F ", " -X ", " -N ", " -t nat ",
        " -c 1 2 ", " --comment ", "%", "S", "T", "M*", "W%", "(", ")", " and ", " not ", "&&", ">>",
    ];

    /// <summary>Damages a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="other">One of the same kind, parts of which are put into it.</param>
    public byte[] Damage(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other)
    {
        byte[] damaged = text.ToArray();
        for (int times = 1 + random.Next(1 << random.Next(5)); times > 0; times--)
        {
            damaged = DamageOnce(damaged, other);
        }

        return damaged.Length > LargestInput ? damaged[..LargestInput] : damaged;
    }

    private byte[] DamageOnce(byte[] text, ReadOnlySpan<byte> other)
    {
        if (text.Length == 0)
        {
            return Word();
        }

        int at = random.Next(text.Length);
        switch (random.Next(12))
        {
            case 0:
                text[at] ^= (byte)(1 << random.Next(8));
                return text;
            case 1:
                text[at] = (byte)random.Next(256);
                return text;
            case 2:
                return [.. text.AsSpan(0, at), .. Word(), .. text.AsSpan(at)];
            case 3: // a piece is gone
                return [.. text.AsSpan(0, at), .. text.AsSpan(Math.Min(text.Length, at + Length()))];
            case 4: // a piece stands there more than once
                ReadOnlySpan<byte> piece = text.AsSpan(at, Math.Min(text.Length - at, Length()));
                byte[] repeated = new byte[Math.Min(piece.Length * Length(), LargestInput)];
                for (int i = 0; i < repeated.Length; i++)
                {
                    repeated[i] = piece[i % piece.Length];
                }

                return [.. text.AsSpan(0, at), .. repeated, .. text.AsSpan(at)];
            case 5: // it ends early
                return random.Next(4) == 0 ? text[..at] : text;
            case 6 when other.Length > 0: // a piece of another
                int from = random.Next(other.Length);
                return [.. text.AsSpan(0, at), .. other.Slice(from, Math.Min(other.Length - from, Length())), .. text.AsSpan(at)];
            case 7: // a line stands elsewhere
                (int start, int end) = LineAt(text, at);
                byte[] without = [.. text.AsSpan(0, start), .. text.AsSpan(end)];
                int to = LineAt(without, random.Next(without.Length + 1)).Start;
                return [.. without.AsSpan(0, to), .. text.AsSpan(start, end - start), .. without.AsSpan(to)];
            case 8: // a word is exchanged for another of the same text
                (int first, int last) = WordAt(text, at);
                (int otherFirst, int otherLast) = WordAt(text, random.Next(text.Length));
                return [.. text.AsSpan(0, first), .. text.AsSpan(otherFirst, otherLast - otherFirst), .. text.AsSpan(last)];
            default: // another number
                int digit = text.AsSpan(at).IndexOfAny(s_digits);
                if (digit < 0)
                {
                    return text;
                }

                int length = text.AsSpan(at + digit).IndexOfAnyExcept(s_digits);
                ReadOnlySpan<byte> rest = length < 0 ? [] : text.AsSpan(at + digit + length);
                return [.. text.AsSpan(0, at + digit), .. Encoding.Latin1.GetBytes(s_numbers[random.Next(s_numbers.Length)]), .. rest];
        }
    }

    /// <summary>Mostly a few bytes, now and then thousands.</summary>
    private int Length() => 1 + random.Next(1 << random.Next(1, 13));

    private byte[] Word() => Encoding.Latin1.GetBytes(s_words[random.Next(s_words.Length)]);

    private static (int Start, int End) LineAt(ReadOnlySpan<byte> text, int at)
    {
        int end = text[at..].IndexOf((byte)'\n');
        return (text[..at].LastIndexOf((byte)'\n') + 1, end < 0 ? text.Length : at + end + 1);
    }

    private static (int Start, int End) WordAt(ReadOnlySpan<byte> text, int at)
    {
        int end = text[at..].IndexOfAny(" \n"u8);
        return (text[..at].LastIndexOfAny(" \n"u8) + 1, end < 0 ? text.Length : at + end);
    }
}
