using System.Collections.Generic;

namespace Sharptables.Model;

/// <summary>The runs of a table, by number. They are stored in blocks, so that none is copied or left behind as the list grows.</summary>
internal sealed class RunList
{
    private const int BlockBits = 10;
    private const int BlockSize = 1 << BlockBits;

    private readonly List<Run[]> _blocks = [];

    public int Count { get; private set; }

    public ref Run this[int number] => ref _blocks[number >> BlockBits][number & (BlockSize - 1)];

    public void Add(in Run run)
    {
        if (Count == _blocks.Count * BlockSize)
        {
            _blocks.Add(new Run[BlockSize]);
        }

        this[Count++] = run;
    }
}
