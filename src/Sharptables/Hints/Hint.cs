namespace Sharptables.Hints;

/// <summary>What a mistake most likely was, and what to type.</summary>
/// <param name="Reason">Sentences for a person.</param>
/// <param name="Words">The words of the command as they should be, without the program; null if only the person can know that.</param>
internal sealed record Hint(string Reason, string[]? Words = null)
{
    /// <summary>Further commands that take the place of the one typed, behind <see cref="Words"/>.</summary>
    public string[][] AndThen { get; init; } = [];

    /// <summary>What has to be typed first: a whole command line.</summary>
    public string? Before { get; init; }

    /// <summary>The number of the word at fault, where that is not the one at which reading ended.</summary>
    public int At { get; init; } = -1;

    /// <summary>Whether the program of the other IP family is meant.</summary>
    public bool IsForOther { get; init; }
}
