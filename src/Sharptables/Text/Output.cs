using System;
using System.Buffers.Text;
using System.Text;
using Sharptables.Kernel;

namespace Sharptables.Text;

/// <summary>Collects text in one buffer and writes it to a file descriptor in large pieces.</summary>
/// <param name="descriptor">A descriptor, <see cref="Kept"/> or <see cref="Nowhere"/>.</param>
internal sealed class Output(int descriptor)
{
    /// <summary>Instead of a descriptor: all text stays in <see cref="Written"/>.</summary>
    public const int Kept = -1;

    /// <summary>Instead of a descriptor: the text is discarded.</summary>
    public const int Nowhere = -2;

    private const int FlushAt = 1 << 16;

    private byte[] _buffer = new byte[1 << 9];
    private int _length;

    /// <summary>The text that has not been flushed yet.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public int Length => _length;

    /// <summary>Whether the text goes to a terminal, so that a person may be reading it.</summary>
    internal bool IsTerminal => descriptor >= 0 && StandardStreams.IsTerminal(descriptor);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Writes text in UTF-8.</summary>
    public void Write(string text)
    {
        Span<byte> room = Room(text.Length * 3);
        _length += Encoding.UTF8.GetBytes(text, room);
    }

    public void Write(byte value)
    {
        Room(1)[0] = value;
        _length++;
    }

    /// <summary>Writes a decimal number.</summary>
    public void WriteNumber(ulong value)
    {
        _ = Utf8Formatter.TryFormat(value, Room(20), out int written);
        _length += written;
    }

    /// <summary>Writes a decimal number.</summary>
    public void WriteNumber(long value)
    {
        _ = Utf8Formatter.TryFormat(value, Room(20), out int written);
        _length += written;
    }

    /// <summary>Writes a hexadecimal number as printf's <c>0x%x</c> does.</summary>
    public void WriteHex(ulong value)
    {
        Write("0x"u8);
        WriteHexDigits(value, minimum: 1);
    }

    /// <summary>Writes hexadecimal digits, at least <paramref name="minimum"/> of them.</summary>
    public void WriteHexDigits(ulong value, int minimum)
    {
        _ = Utf8Formatter.TryFormat(value, Room(20), out int written, new System.Buffers.StandardFormat('x', (byte)minimum));
        _length += written;
    }

    /// <summary>Pads a field that began at <paramref name="start"/> to a width with blanks; a longer one stays as it is.</summary>
    public void PadFrom(int start, int width)
    {
        int missing = width - (_length - start);
        if (missing > 0)
        {
            Room(missing)[..missing].Fill((byte)' ');
            _length += missing;
        }
    }

    /// <summary>Flushes if there is much to flush. Call where a piece of text is complete.</summary>
    public void FlushIfLarge()
    {
        if (_length >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Writes out everything collected.</summary>
    /// <exception cref="KernelException">
    /// It cannot be written: a full disk, or a broken pipe in a program that handles those. A failure on standard error is ignored: there
    /// is nowhere to report it.
    /// </exception>
    public void Flush()
    {
        if (descriptor >= 0)
        {
            int length = _length;
            _length = 0;
            try
            {
                FileDescriptor.WriteAll(descriptor, _buffer.AsSpan(0, length));
            }
            catch (KernelException) when (descriptor == StandardStreams.Error)
            {
                // The exit status still reports the error.
            }
            catch (KernelException e) when (e.Errno == Errno.EPIPE && !StandardStreams.OutlivesBrokenPipe)
            {
                // The reader has stopped reading. Where the caller ignores SIGPIPE, iptables goes on as well, with status 0.
            }
        }
        else if (descriptor == Nowhere)
        {
            _length = 0;
        }
    }

    /// <summary>Discards the text that has not been flushed.</summary>
    public void Clear() => _length = 0;

    /// <summary>Discards what follows the first bytes, provided nothing has been flushed since.</summary>
    internal void Truncate(int length) => _length = length;

    private Span<byte> Room(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 4, _length + count));
        }

        return _buffer.AsSpan(_length);
    }
}
