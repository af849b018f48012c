using System;

namespace Sharptables.Text;

/// <summary>
/// Walks over the words of a command line as getopt_long does. Which options there are is the caller's to know: after each letter or
/// long name it takes the value, if that option has one.
/// </summary>
internal sealed class OptionWalk
{
    private Words _words = null!;
    private int _next;
    private int _letter;
    private int _rest;
    private int _equals;

    /// <summary>The number of the word that was read last.</summary>
    public int Index => _next - 1;

    /// <summary>The word that was read last, or whose letter was.</summary>
    public ReadOnlySpan<byte> Typed => _words.Span(Index);

    /// <summary>The letter that was read.</summary>
    public byte Letter => Typed[_letter];

    /// <summary>Whether other letters follow the one that was read.</summary>
    public bool IsInCluster => _rest > 0;

    /// <summary>The long name that was read.</summary>
    public ReadOnlySpan<byte> Name => _equals < 0 ? Typed[2..] : Typed[2.._equals];

    /// <summary>The value behind the long name that was read: what follows <c>=</c>.</summary>
    public Word NameValue => _equals < 0 ? Word.None : new Word(Index, _equals + 1);

    /// <summary>Whether any words are left.</summary>
    public bool HasMore => _next < _words.Count;

    /// <summary>Whether the next word begins neither an option nor a negation.</summary>
    public bool NextIsOperand => IsOperand(_next);

    /// <summary>Whether the word behind the next one begins neither an option nor a negation.</summary>
    public bool NextButOneIsOperand => IsOperand(_next + 1);

    /// <summary>Begins with new words.</summary>
    public void Begin(Words words) => (_words, _next, _rest) = (words, 0, 0);

    /// <summary>Reads the next letter of a cluster, or the next word.</summary>
    public WordKind Read()
    {
        if (_rest == 0 && !HasMore)
        {
            return WordKind.End;
        }

        ReadOnlySpan<byte> word = _words.Span(_rest > 0 ? Index : _next++);
        if (_rest == 0 && word is not [(byte)'-', _, ..])
        {
            return WordKind.Operand;
        }

        if (_rest == 0 && word[1] == '-')
        {
            _equals = word.IndexOf((byte)'=');
            return word.Length == 2 ? WordKind.Separator : WordKind.Name;
        }

        _letter = Math.Max(_rest, 1);
        _rest = _letter + 1 < word.Length ? _letter + 1 : 0;
        return WordKind.Letter;
    }

    /// <summary>Takes what follows the letter in its word as its value; none if the letter is the last.</summary>
    public Word TakeRest()
    {
        Word rest = _rest > 0 ? new Word(Index, _rest) : Word.None;
        _rest = 0;
        return rest;
    }

    /// <summary>Takes the next word, whatever it is; none at the end.</summary>
    public Word TakeNext() => HasMore ? new Word(_next++) : Word.None;

    /// <summary>Takes the next word if it is an operand.</summary>
    public Word TakeOperand() => NextIsOperand ? TakeNext() : Word.None;

    /// <summary>Leaves out words.</summary>
    public void Skip(int words) => _next += words;

    /// <summary>Steps back, so that the word is read again.</summary>
    public void StepBack() => _next--;

    /// <summary>Leaves out all that follow.</summary>
    public void Stop() => (_next, _rest) = (_words.Count, 0);

    private bool IsOperand(int word) => word < _words.Count && _words.Span(word) is not [(byte)'-' or (byte)'!', ..];
}
