namespace Sharptables.Manual;

/// <summary>Whether an option of a program takes a value.</summary>
internal enum ProgramOptionValue
{
    None,

    Required,

    /// <summary>A word after <c>=</c>, or the next one if it is not an option.</summary>
    Optional,
}
