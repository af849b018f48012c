namespace Sharptables.Text;

/// <summary>An option of the command line itself, not of an extension.</summary>
/// <param name="name">Its long name.</param>
/// <param name="letter">Its letter; <c>'0'</c> stands for one that has none.</param>
/// <param name="words">What follows it.</param>
/// <param name="isCommand">Whether it is a command, of which a line has one.</param>
internal sealed class BaseOption(string name, char letter, BaseOptionWords words, bool isCommand = false)
{
    /// <summary>Its long name.</summary>
    public string Name => name;

    /// <summary>Its letter.</summary>
    public char Letter => letter;

    /// <summary>What follows it.</summary>
    public BaseOptionWords Words => words;

    /// <summary>Whether it is a command.</summary>
    public bool IsCommand => isCommand;
}
