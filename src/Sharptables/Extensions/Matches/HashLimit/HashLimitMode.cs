using System;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>What has a rate of its own: a list of addresses and ports, as bits (XT_HASHLIMIT_HASH_*).</summary>
internal sealed class HashLimitMode : Syntax<uint>
{
    /// <summary>All of them.</summary>
    public const uint All = 0xf;

    private static readonly (string Word, uint Bit)[] s_words = [("srcip", 4), ("srcport", 8), ("dstip", 1), ("dstport", 2)];

    /// <inheritdoc/>
    public override string Placeholder => "{srcip|srcport|dstip|dstport}[,...]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref uint field)
    {
        foreach (Range range in argument.Text.Split((byte)','))
        {
            uint bit = 0;
            foreach ((string word, uint value) in s_words)
            {
                bit |= Ascii.Equals(argument.Text[range], word) ? value : 0;
            }

            field |= bit != 0 || argument.Text[range].IsEmpty ? bit : throw argument.BadValue();
        }
    }

    /// <inheritdoc/>
    public override void Write(in uint field, Output output, in Format format)
    {
        bool isFirst = true;
        foreach ((string word, uint bit) in s_words)
        {
            if ((field & bit) != 0)
            {
                output.Write(isFirst ? "" : format.IsListing ? "-" : ",");
                output.Write(word);
                isFirst = false;
            }
        }
    }
}
