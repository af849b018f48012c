namespace Sharptables.Programs;

/// <summary>Kinds of <see cref="RollbackOrder"/>.</summary>
internal enum RollbackOrderKind : long
{
    /// <summary>Restore the old rules unless the next order comes within this many milliseconds.</summary>
    Wait,

    /// <summary>A process group changes rules, and must be ended before the old ones are restored; 0 when it has ended.</summary>
    Watch,

    /// <summary>Keep the new rules.</summary>
    Keep,

    /// <summary>Restore the old rules now.</summary>
    PutBack,
}
