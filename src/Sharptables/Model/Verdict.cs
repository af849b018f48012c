namespace Sharptables.Model;

/// <summary>
/// What a standard target holds: a verdict, or a jump. The negative ones are the kernel's (<c>-NF_DROP - 1</c> …,
/// linux/netfilter.h; <c>XT_RETURN</c>, linux/netfilter/x_tables.h). What is not negative is, in the kernel, an offset; in a <see
/// cref="Table"/>
/// rules that came from the kernel keep theirs, and new ones name the chain by its number.
/// </summary>
internal static class Verdict
{
    /// <summary>The packet is dropped.</summary>
    public const int Drop = -1;

    /// <summary>The packet goes on to the next table.</summary>
    public const int Accept = -2;

    /// <summary>The packet goes to a program (<c>NF_QUEUE</c>, queue 0).</summary>
    public const int Queue = -4;

    /// <summary>Back to the calling chain.</summary>
    public const int Return = -5;

    /// <summary>On to the next rule: a rule without a target. In the kernel a jump to the entry that follows.</summary>
    public const int Continue = int.MaxValue;

    private const int ChainBit = 1 << 30;

    /// <summary>A jump to a chain of a <see cref="Table"/>, by its number.</summary>
    public static int JumpTo(int chain) => ChainBit | chain;

    /// <summary>Whether the verdict is a jump by chain number, and to which.</summary>
    public static bool IsJumpTo(int verdict, out int chain)
    {
        chain = verdict & ~ChainBit;
        return verdict >= ChainBit && verdict != Continue;
    }
}
