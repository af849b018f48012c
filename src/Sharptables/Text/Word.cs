namespace Sharptables.Text;

/// <summary>The place of a value among the words of a command: a word, or the rest of one.</summary>
/// <param name="Index">The number of the word; -1 for none.</param>
/// <param name="Offset">Where the value begins in the word: 0, or after <c>--option=</c> or a letter.</param>
internal readonly record struct Word(int Index, int Offset = 0)
{
    public static Word None => new(-1);

    public bool IsNone => Index < 0;
}
