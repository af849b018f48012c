namespace Sharptables.Manual;

/// <summary>What follows an option of a program.</summary>
internal enum ProgramOptionValue
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A word.</summary>
    Required,

    /// <summary>A word behind <c>=</c>, or the next one when it is no option.</summary>
    Optional,
}
