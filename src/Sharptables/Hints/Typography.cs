using System;

namespace Sharptables.Hints;

/// <summary>Signs that look like others: text copied from pages and out of word processors.</summary>
internal static class Typography
{
    private const string Dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad";
    private const string Quotes = "\u201c\u201d\u201e\u201f\u2018\u2019\u00ab\u00bb";
    private const string Blanks = "\u00a0\u2007\u202f\u2009\u3000";

    public static Hint? See(Sight sight) => Dash(sight) ?? Quote(sight) ?? Blank(sight) ?? CarriageReturn(sight);

    /// <summary><c>–p</c>, <c>—dport</c></summary>
    private static Hint? Dash(Sight sight)
    {
        if (!sight.IsUnread || !Array.Exists(sight.Words, static word => First(word, Dashes) is 0 or 1))
        {
            return null;
        }

        string[] words = Array.ConvertAll(sight.Words, static word =>
        {
            string name = word.TrimStart(['-', .. Dashes]);
            return First(word, Dashes) is not (0 or 1) ? word : (name.Length == 1 ? "-" : "--") + name;
        });
        return new Hint("A dash in it is not a hyphen, as in text copied from a page: options begin with \"-\" or \"--\".", words);
    }

    /// <summary><c>“two words”</c></summary>
    private static Hint? Quote(Sight sight)
    {
        int first = Array.FindIndex(sight.Words, static word => First(word, Quotes) == 0);
        int last = first < 0 ? -1 : Array.FindIndex(sight.Words, first, static word => word.Length > 0 && Quotes.Contains(word[^1], StringComparison.Ordinal));
        if (!sight.IsUnread || last < 0)
        {
            return null;
        }

        string joined = string.Join(' ', sight.Words[first..(last + 1)]).Trim(Quotes.ToCharArray());
        return new Hint("The quotes are typographic ones, as in text copied from a page, and hold nothing together: type \" instead.", sight.With(first, last - first + 1, joined));
    }

    /// <summary>A no-break space</summary>
    private static Hint? Blank(Sight sight)
    {
        int at = Array.FindIndex(sight.Words, static word => First(word, Blanks) >= 0);
        return !sight.IsUnread || at < 0 ? null : new Hint(
            "A blank in it is a no-break space, as in text copied from a page, and separates nothing: type a plain blank.",
            sight.With(at, 1, sight.Words[at].Split(Blanks.ToCharArray(), StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>A line of a file from Windows</summary>
    private static Hint? CarriageReturn(Sight sight) => !Array.Exists(sight.Words, static word => word.EndsWith('\r')) ? null : new Hint(
        "The line ends with a carriage return, as on Windows: sed -i 's/\\r$//' FILE removes them.",
        Array.FindAll(Array.ConvertAll(sight.Words, static word => word.TrimEnd('\r')), static word => word.Length > 0));

    /// <summary>Where the first of some signs is in a word; below zero if none is.</summary>
    private static int First(string word, string signs) => word.AsSpan().IndexOfAny(signs.AsSpan());
}
