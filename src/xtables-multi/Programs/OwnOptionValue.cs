namespace Sharptables.Programs;

/// <summary>What follows an option.</summary>
internal enum OwnOptionValue
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A word.</summary>
    Required,

    /// <summary>A word behind <c>=</c>, or the next one when it is no option.</summary>
    Optional,
}
