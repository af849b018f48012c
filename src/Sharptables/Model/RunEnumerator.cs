namespace Sharptables.Model;

/// <summary>Walks the runs of a chain.</summary>
/// <param name="runs">The runs of its table.</param>
/// <param name="first">The number of the chain's first run, or -1.</param>
internal ref struct RunEnumerator(RunList runs, int first)
{
    private int _next = first;
    private ref Run _current;

    public readonly ref Run Current => ref _current;

    /// <summary>The run's number in its table.</summary>
    public int Number { get; private set; }

    public readonly RunEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_next < 0)
        {
            return false;
        }

        Number = _next;
        _current = ref runs[_next];
        _next = _current.Next;
        return true;
    }

    /// <summary>Goes on behind the run as it is now: others were linked behind it.</summary>
    public void Reenter() => _next = _current.Next;
}
