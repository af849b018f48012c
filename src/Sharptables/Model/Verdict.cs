namespace Sharptables.Model;

/// <summary>
/// The value of a standard target: a verdict or a jump. Negative values are the kernel's verdicts (<c>-NF_DROP - 1</c> …,
/// linux/netfilter.h; <c>XT_RETURN</c>, linux/netfilter/x_tables.h). In the kernel, others are offsets to jump to; in a
/// <see cref="Table"/>, rules that were read keep those, and new ones name a chain by number.
/// </summary>
internal static class Verdict
{
    /// <summary>The packet is dropped.</summary>
    public const int Drop = -1;

    /// <summary>The packet goes on to the next table.</summary>
    public const int Accept = -2;

    /// <summary>The packet goes to user space (<c>NF_QUEUE</c>, queue 0).</summary>
    public const int Queue = -4;

    /// <summary>Return to the calling chain.</summary>
    public const int Return = -5;

    /// <summary>Go on to the next rule: a rule without a target. In the kernel, a jump to the entry that follows.</summary>
    public const int Continue = int.MaxValue;

    private const int ChainBit = 1 << 30;

    /// <summary>A jump to the chain of that number in a <see cref="Table"/>.</summary>
    public static int JumpTo(int chain) => ChainBit | chain;

    public static bool IsJumpTo(int verdict, out int chain)
    {
        chain = verdict & ~ChainBit;
        return verdict >= ChainBit && verdict != Continue;
    }
}
