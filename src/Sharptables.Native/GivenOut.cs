using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Model;

namespace Sharptables.Native;

/// <summary>
/// What a C program was given of a table: names, and the rules that were added, which may move as more are added. All of it stays where it
/// is until the table is closed. Rules that were read never move, and are given out as they are.
/// </summary>
internal sealed unsafe class GivenOut : IDisposable
{
    private readonly Dictionary<Chain, (byte[] Name, nint Place)> _names = [];
    private readonly Dictionary<int, nint> _rules = []; // by where they stand among those that were added
    private readonly List<nint> _all = [];
    private nint _text;

    /// <summary>A chain's name, with a NUL at its end.</summary>
    public nint Name(Chain chain)
    {
        if (!_names.TryGetValue(chain, out (byte[] Name, nint Place) given) || given.Name != chain.Name)
        {
            given = (chain.Name, Copy(chain.Name, extra: 1));
            _names[chain] = given;
        }

        return given.Place;
    }

    /// <summary>A name that stays good although no chain has it.</summary>
    public nint Name(ReadOnlySpan<byte> name) => Copy(name, extra: 1);

    /// <summary>A rule, at the same place as ever.</summary>
    public nint Rule(Table table, in Run run, int offset, int length)
    {
        Span<byte> bytes = table.Runs.BufferOf(run).Slice(offset, length);
        if (!run.IsAdded)
        {
            // SAFETY: the buffer of what was read is a mapping that neither grows nor moves while the table is there.
            return (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
        }

        if (!_rules.TryGetValue(offset, out nint place))
        {
            place = Copy(bytes, extra: 0);
            _rules.Add(offset, place);
        }
        else
        {
            bytes.CopyTo(new Span<byte>((void*)place, length)); // its counters may have been set
        }

        return place;
    }

    /// <summary>A text that is good until the next.</summary>
    public nint Text(ReadOnlySpan<byte> text)
    {
        _text = (nint)NativeMemory.Realloc((void*)_text, (nuint)Math.Max(text.Length, 1));
        text.CopyTo(new Span<byte>((void*)_text, text.Length));
        return _text;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (nint place in _all)
        {
            NativeMemory.Free((void*)place);
        }

        NativeMemory.Free((void*)_text);
        _all.Clear();
        _text = 0;
    }

    private nint Copy(ReadOnlySpan<byte> bytes, int extra)
    {
        // SAFETY: the place has room for the bytes and for the zero bytes behind them.
        nint place = (nint)NativeMemory.AllocZeroed((nuint)(bytes.Length + extra));
        bytes.CopyTo(new Span<byte>((void*)place, bytes.Length));
        _all.Add(place);
        return place;
    }
}
