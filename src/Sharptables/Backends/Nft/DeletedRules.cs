using System.Collections.Generic;

namespace Sharptables.Backends.Nft;

/// <summary>The rules that were read of a chain, of which those that are kept are skipped and the others taken.</summary>
internal ref struct DeletedRules(IReadOnlyList<(int First, int Count)> read)
{
    private int _part;
    private int _taken;

    /// <summary>Takes the next if its number is less than that of the next rule that is kept.</summary>
    public bool TryTake(int upTo, out int number)
    {
        while (_part < read.Count && _taken == read[_part].Count)
        {
            _part++;
            _taken = 0;
        }

        number = _part < read.Count ? read[_part].First + _taken : int.MaxValue;
        if (number >= upTo)
        {
            return false;
        }

        _taken++;
        return true;
    }

    public void Skip(int count)
    {
        for (; count > 0; count--)
        {
            _ = TryTake(int.MaxValue, out _);
        }
    }
}
