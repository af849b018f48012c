using Sharptables.Model;

namespace Sharptables.Native;

/// <summary>A walk through the rules of a chain, which goes on when rules are inserted and deleted on its way.</summary>
internal struct RuleWalk(Chain chain)
{
    private int _next; // number of the rule that comes next
    private int _run = -1;
    private int _nextOffset; // where it stands in its run's buffer, if _run is not -1
    private int _end; // where that run ends

    /// <summary>The run of the rule.</summary>
    public int Run { get; private set; }

    /// <summary>Where the rule stands in the run's buffer.</summary>
    public int Offset { get; private set; }

    /// <summary>How many bytes it has.</summary>
    public int Length { get; private set; }

    /// <summary>Goes to the next rule.</summary>
    public bool MoveNext(Table table)
    {
        if (chain is null || _next >= chain.RuleCount)
        {
            return false;
        }

        if (_run < 0)
        {
            _run = table.Runs.Locate(chain, _next, out _nextOffset);
            _end = EndOf(table, _run);
        }
        else if (_nextOffset == _end)
        {
            _run = table.Runs[_run].Next;
            _nextOffset = table.Runs[_run].Offset;
            _end = EndOf(table, _run);
        }

        Run = _run;
        Offset = _nextOffset;
        Length = table.Runs.LengthAt(table.Runs[_run], Offset);
        _nextOffset += Length;
        _next++;
        return true;
    }

    /// <summary>Rules were inserted in a chain, or deleted from it.</summary>
    /// <param name="changed">The chain.</param>
    /// <param name="number">The number of the first.</param>
    /// <param name="count">How many were inserted; less than 0: how many were deleted.</param>
    public void Follow(Chain changed, int number, int count)
    {
        _run = -1; // runs may have been cut
        if (changed == chain && number < _next)
        {
            _next = int.Max(number, _next + count);
        }
    }

    private static int EndOf(Table table, int run) => table.Runs[run].Offset + table.Runs[run].Length;
}
