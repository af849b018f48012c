using System;

namespace Sharptables.Formats.Iptables;

/// <summary>The messages for command lines that do not fit together, where programs differ: these are iptables'.</summary>
internal class Complaints
{
    /// <summary>An option is given twice.</summary>
    public virtual string Repeated(char letter) => $"multiple -{letter} flags not allowed";

    /// <summary>The same of an option of a match or target, or of the head; null for its own.</summary>
    public virtual string? RepeatedInRule => null;

    /// <summary>Two commands are given.</summary>
    public virtual string ManyCommands(char letter, char before) => $"Cannot use -{letter} with -{before}";

    /// <summary>The command does not take an option: <c>-s</c>, or <c>--opcode</c> where there is no letter.</summary>
    public virtual string Misplaced(string option) => $"Illegal option `{option}' with this command";

    /// <summary>A new chain is called like a target.</summary>
    public virtual string LikeTarget(ReadOnlySpan<byte> name) => "chain name may not clash with target name";

    /// <summary>Behind <c>-c</c> are not two words.</summary>
    public virtual string NoCounters => "-c requires packet and byte counter";

    /// <summary>A counter is no number.</summary>
    public virtual string NoNumber(string counter, ReadOnlySpan<byte> text) => $"-c {counter} counter not numeric";

    /// <summary>A policy is missing.</summary>
    public virtual string NoPolicy => "-P requires a chain and a policy";
}
