namespace Sharptables.Model;

/// <summary>What becomes of a counter when a table is written back.</summary>
internal enum CounterFate : byte
{
    /// <summary>It goes on from where the kernel has it at that moment.</summary>
    Keep,

    /// <summary>What it was when the table was read is taken off; packets counted since stay counted.</summary>
    Zero,

    /// <summary>It is set to what the rule says.</summary>
    Set,
}
