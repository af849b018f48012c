using System;
using System.Collections.Generic;

namespace Sharptables.Formats.Iptables;

/// <summary>What was typed on a command line: its options in order, and what is left over.</summary>
internal sealed class Uses
{
    private OptionUse[] _options = new OptionUse[8];
    private readonly List<int> _late = [];
    private int _count;

    /// <summary>The options, in the order in which they were given.</summary>
    public ReadOnlySpan<OptionUse> Options => _options.AsSpan(0, _count);

    /// <summary>Indices of the options whose values are read last, in the order of reading.</summary>
    public List<int> Late => _late;

    /// <summary>Whether some of them are not allowed in every chain.</summary>
    public bool HangOnChain { get; private set; }

    /// <summary>Whether these options are known to be compatible, so that only their values need checking.</summary>
    public bool AreKnown { get; init; }

    /// <summary>Whether an option has taken words that it does not declare: other values might take other words.</summary>
    public bool HaveTakenFurther { get; set; }

    /// <summary>Whether words follow <c>--</c>.</summary>
    public bool HasSurplus { get; set; }

    /// <summary>Whether nothing follows a <c>!</c>.</summary>
    public bool EndsInverted { get; set; }

    public void Add(in OptionUse use)
    {
        if (_count == _options.Length)
        {
            Array.Resize(ref _options, _count * 2);
        }

        if (use.Option is { IsLate: true })
        {
            int at = _late.Count;
            while (at > 0 && _options[_late[at - 1]].Place > use.Place)
            {
                at--;
            }

            _late.Insert(at, _count);
        }

        HangOnChain |= use.Option is { NotInChains: not null };
        _options[_count++] = use;
    }

    /// <summary>Whether an option of the command line's own was given that has this letter in messages.</summary>
    public bool Have(char letter)
    {
        foreach (ref readonly OptionUse use in Options)
        {
            if (use.Own is { } own && own.LetterInMessages == letter)
            {
                return true;
            }
        }

        return false;
    }

    public void Clear()
    {
        _count = 0;
        _late.Clear();
        HangOnChain = false;
        HasSurplus = EndsInverted = HaveTakenFurther = false;
    }
}
