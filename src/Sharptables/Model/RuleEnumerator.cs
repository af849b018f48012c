using System;

namespace Sharptables.Model;

/// <summary>Walks the rules of a chain; reads those that are unread. A rule is valid until the next is asked for.</summary>
/// <param name="table">The table.</param>
/// <param name="chain">The chain.</param>
internal ref struct RuleEnumerator(Table table, Chain chain)
{
    private RunEnumerator _runs = table.Runs.Of(chain);
    private Span<byte> _rest;

    public Rule Current { get; private set; }

    public readonly RuleEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_rest.IsEmpty)
        {
            if (!_runs.MoveNext())
            {
                return false;
            }

            if (_runs.Current.IsUnread)
            {
                table.Origin.ReadOn(table, chain, _runs.Number);
                _runs.Reenter();
            }

            _rest = table.Runs.BytesOf(_runs.Current);
        }

        Current = new Rule(_rest, table.Layout);
        _rest = _rest[Current.Bytes.Length..];
        return true;
    }
}
