namespace Sharptables.Programs;

/// <summary>Kinds of <see cref="RollbackOrder"/>.</summary>
internal enum RollbackOrderKind : long
{
    /// <summary>The next order comes within so many milliseconds from now, or the old rules are put back.</summary>
    Wait,

    /// <summary>A process group changes rules, and is to be ended before the old ones are put back; 0 when it has ended.</summary>
    Watch,

    /// <summary>The new rules stay.</summary>
    Keep,

    /// <summary>The old rules are to be put back now.</summary>
    PutBack,
}
