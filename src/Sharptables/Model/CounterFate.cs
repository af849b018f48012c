namespace Sharptables.Model;

/// <summary>What happens to a counter of the kernel when a table is written back.</summary>
internal enum CounterFate : byte
{
    /// <summary>It goes on from its value in the kernel at that moment.</summary>
    Keep,

    /// <summary>Its value at the time of reading is subtracted; packets counted since stay counted.</summary>
    Zero,

    /// <summary>It is set to the rule's own.</summary>
    Set,
}
