using System;

namespace Sharptables.Model;

/// <summary>Walks the rules of a chain.</summary>
internal ref struct RuleEnumerator
{
    private readonly RuleLayout _layout;
    private readonly RunList _list;
    private RunEnumerator _runs;
    private Span<byte> _rest;

    public RuleEnumerator(RunList runs, Chain chain, RuleLayout layout)
    {
        _layout = layout;
        _list = runs;
        _runs = runs.Of(chain);
        Enter();
    }

    public Rule Current { get; private set; }

    public readonly RuleEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        Current = new Rule(_rest, _layout);
        _rest = _rest[Current.Bytes.Length..];
        if (_rest.IsEmpty)
        {
            Enter();
        }

        return true;
    }

    private void Enter() => _rest = _runs.MoveNext() ? _list.BytesOf(_runs.Current) : default;
}
