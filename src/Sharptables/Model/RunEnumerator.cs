namespace Sharptables.Model;

/// <summary>Walks the runs of a chain.</summary>
/// <param name="runs">The runs of its table.</param>
/// <param name="first">The number of the chain's first run, or -1.</param>
internal ref struct RunEnumerator(RunList runs, int first)
{
    private int _next = first;
    private ref Run _current;

    public readonly ref Run Current => ref _current;

    public readonly RunEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_next < 0)
        {
            return false;
        }

        _current = ref runs[_next];
        _next = _current.Next;
        return true;
    }
}
