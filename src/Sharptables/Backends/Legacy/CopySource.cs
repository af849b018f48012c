using System;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Legacy;

/// <summary>
/// A buffer that rules are copied from. A block of it that nothing more is to be copied from is given back, so that a table that is
/// copied whole is not there twice.
/// </summary>
internal sealed class CopySource(NativeBuffer buffer)
{
    private int[]? _left;

    /// <summary>Announces a run that will be copied.</summary>
    public void Count(in Run run)
    {
        _left ??= new int[NativeBuffer.BlockOf(buffer.Length) + 1];
        int end = run.Offset + run.Length;
        for (int at = run.Offset; at < end;)
        {
            int block = NativeBuffer.BlockOf(at);
            int stop = Math.Min(end, NativeBuffer.EndOfBlock(block));
            _left[block] += stop - at;
            at = stop;
        }
    }

    /// <summary>Copies a run.</summary>
    public void Copy(in Run run, NativeBuffer blob, int to)
    {
        if (_left is null)
        {
            buffer.Slice(run.Offset, run.Length).CopyTo(blob.Slice(to, run.Length));
            return;
        }

        int end = run.Offset + run.Length;
        for (int at = run.Offset; at < end;)
        {
            int block = NativeBuffer.BlockOf(at);
            int stop = Math.Min(end, NativeBuffer.EndOfBlock(block));
            buffer.Slice(at, stop - at).CopyTo(blob.Slice(to, stop - at));
            to += stop - at;
            _left[block] -= stop - at;
            at = stop;
            if (_left[block] == 0)
            {
                buffer.GiveBack(block);
            }
        }
    }
}
