using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// What happens to a frame after a target has done its work: one of ebtables' verdicts (<c>EBT_*</c>, linux/netfilter_bridge/ebtables.h), in the last
/// four bits of a number whose others are the target's own.
/// </summary>
/// <param name="defaultVerdict">That which is taken when none is given.</param>
internal sealed class EbtVerdictSyntax(int defaultVerdict = EbtVerdictSyntax.Accept) : Syntax<int>
{
    public const int Accept = -1; // EBT_ACCEPT

    public const int Drop = -2; // EBT_DROP

    public const int Continue = -3; // EBT_CONTINUE

    public const int Mask = 0xf; // EBT_VERDICT_BITS

    private static readonly string[] s_words = ["ACCEPT", "DROP", "CONTINUE", "RETURN"]; // from -1 downwards

    /// <inheritdoc/>
    public override string Placeholder => "target";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices => s_words;

    /// <summary>Whether a number has another verdict than the default.</summary>
    public bool IsOther(int field) => (field & Mask) != (defaultVerdict & Mask);

    /// <summary>The word of nft(8), with a leading blank.</summary>
    public static string NftWord(int field) => $" {s_words[Mask - (field & Mask)].ToLowerInvariant()}";

    /// <summary>Takes a verdict of a rule; false for one that is none of these.</summary>
    public static bool TryTake(int verdict, ref int field)
    {
        int index = Array.IndexOf([Verdict.Accept, Verdict.Drop, Verdict.Continue, Verdict.Return], verdict);
        field = (field & ~Mask) | ((Accept - index) & Mask);
        return index >= 0;
    }

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref int field)
    {
        for (int i = 0; i < s_words.Length; i++)
        {
            if (Ascii.Equals(argument.Text, s_words[i]))
            {
                field = (field & ~Mask) | ((Accept - i) & Mask);
                return;
            }
        }

        throw new UsageException($"Illegal --{argument.Option.Name} target");
    }

    /// <inheritdoc/>
    public override void Write(in int field, Output output, in Format format)
    {
        int index = Mask - (field & Mask);
        if (index < s_words.Length)
        {
            output.Write(s_words[index]);
        }
        else
        {
            output.WriteNumber((long)field);
        }
    }
}
