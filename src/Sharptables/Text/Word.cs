namespace Sharptables.Text;

/// <summary>Says where a value stands among the words of a command: a word, or the rest of one.</summary>
/// <param name="Index">Which word; -1 for none.</param>
/// <param name="Offset">Where in the word it begins: 0, or behind <c>--option=</c> or a letter.</param>
internal readonly record struct Word(int Index, int Offset = 0)
{
    /// <summary>No word.</summary>
    public static Word None => new(-1);

    /// <summary>Whether there is no word.</summary>
    public bool IsNone => Index < 0;
}
