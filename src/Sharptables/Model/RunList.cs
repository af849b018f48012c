using System.Collections.Generic;

namespace Sharptables.Model;

/// <summary>The runs of a table by number. They stand in blocks, so that no run is copied, and nothing left behind, as they become many.</summary>
internal sealed class RunList
{
    private const int BlockBits = 10;
    private const int BlockSize = 1 << BlockBits;

    private readonly List<Run[]> _blocks = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public ref Run this[int number] => ref _blocks[number >> BlockBits][number & (BlockSize - 1)];

    /// <summary>Adds one.</summary>
    public void Add(in Run run)
    {
        if (Count == _blocks.Count * BlockSize)
        {
            _blocks.Add(new Run[BlockSize]);
        }

        this[Count++] = run;
    }
}
