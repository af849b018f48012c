namespace Sharptables.Text;

/// <summary>Breaks a text into lines that fit a terminal.</summary>
internal static class Paragraph
{
    private const int MostColumns = 80;

    /// <summary>Writes words on the line begun, and on further lines below them, and ends the last.</summary>
    /// <param name="text">The words, with one blank between them.</param>
    /// <param name="column">Where the line begun stands, and the others begin.</param>
    /// <param name="output">Where to write.</param>
    public static void Write(string text, int column, Output output)
    {
        int at = column;
        foreach (string word in text.Split(' '))
        {
            if (at > column && at + 1 + word.Length > MostColumns)
            {
                output.Write((byte)'\n');
                output.PadFrom(output.Length, column);
                at = column;
            }
            else if (at > column)
            {
                output.Write((byte)' ');
                at++;
            }

            output.Write(word);
            at += word.Length;
        }

        output.Write((byte)'\n');
    }
}
