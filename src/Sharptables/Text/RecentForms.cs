namespace Sharptables.Text;

/// <summary>
/// What was read or written lately, for what comes next: lines and rules of a large table come in few forms. Forms alternate, so the one that followed
/// this one last time is tried first.
/// </summary>
internal sealed class RecentForms<T>
    where T : class
{
    /// <summary>How many are kept.</summary>
    public const int Most = 8;

    private readonly T?[] _forms = new T?[Most];
    private readonly int[] _successors = new int[Most];
    private int _latest;

    /// <summary>The form to be tried, the likeliest at 0; null for none.</summary>
    public T? this[int attempt] => _forms[IndexOf(attempt)];

    /// <summary>Says that the form that was tried is the one.</summary>
    public void Found(int attempt)
    {
        int index = IndexOf(attempt);
        _successors[_latest] = index;
        _latest = index;
    }

    /// <summary>The place of the oldest form, for another one.</summary>
    public ref T? Another()
    {
        _latest = (_latest + Most - 1) % Most;
        return ref _forms[_latest];
    }

    private int IndexOf(int attempt) => (_successors[_latest] + attempt) % Most;
}
