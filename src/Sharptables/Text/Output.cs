using System;
using System.Buffers.Text;
using System.Text;
using Sharptables.Kernel;

namespace Sharptables.Text;

/// <summary>Collects text in one buffer and hands it to a file descriptor in large pieces.</summary>
/// <param name="descriptor">Where the text goes: a descriptor, <see cref="Kept"/> or <see cref="Nowhere"/>.</param>
public sealed class Output(int descriptor)
{
    /// <summary>In place of a descriptor: all of the text stays in <see cref="Written"/>.</summary>
    public const int Kept = -1;

    /// <summary>In place of a descriptor: the text is written, and forgotten.</summary>
    public const int Nowhere = -2;

    private const int FlushAt = 1 << 16;

    private byte[] _buffer = new byte[1 << 9];
    private int _length;

    /// <summary>What was written and not yet handed on.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>How many bytes wait to be handed on.</summary>
    public int Length => _length;

    /// <summary>Whether a person may be reading what is written: it goes to a terminal.</summary>
    internal bool IsTerminal => descriptor >= 0 && StandardStreams.IsTerminal(descriptor);

    /// <summary>Writes bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Writes text.</summary>
    public void Write(string text)
    {
        Span<byte> room = Room(text.Length * 3);
        _length += Encoding.UTF8.GetBytes(text, room);
    }

    /// <summary>Writes one byte.</summary>
    public void Write(byte value)
    {
        Room(1)[0] = value;
        _length++;
    }

    /// <summary>Writes a number in decimal.</summary>
    public void WriteNumber(ulong value)
    {
        _ = Utf8Formatter.TryFormat(value, Room(20), out int written);
        _length += written;
    }

    /// <summary>Writes a number in decimal.</summary>
    public void WriteNumber(long value)
    {
        _ = Utf8Formatter.TryFormat(value, Room(20), out int written);
        _length += written;
    }

    /// <summary>Writes a number in hexadecimal, with <c>0x</c> in front, like printf's <c>0x%x</c>.</summary>
    public void WriteHex(ulong value)
    {
        Write("0x"u8);
        WriteHexDigits(value, minimum: 1);
    }

    /// <summary>Writes a number in hexadecimal digits, at least so many.</summary>
    public void WriteHexDigits(ulong value, int minimum)
    {
        _ = Utf8Formatter.TryFormat(value, Room(20), out int written, new System.Buffers.StandardFormat('x', (byte)minimum));
        _length += written;
    }

    /// <summary>Writes blanks up to a column, counted from where the field began; none when it is past it already.</summary>
    public void PadFrom(int start, int width)
    {
        for (int missing = width - (_length - start); missing > 0; missing--)
        {
            Write((byte)' ');
        }
    }

    /// <summary>Hands on what waits when it has become much; to be called where a piece of text is complete.</summary>
    public void FlushIfLarge()
    {
        if (_length >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Hands on all that waits.</summary>
    /// <exception cref="KernelException">
    /// It cannot be written: a full disk, and a pipe that nobody reads for a program that acts upon it. Of standard error nothing is
    /// said: it is where one would.
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
                // The exit status still tells.
            }
            catch (KernelException e) when (e.Errno == Errno.EPIPE && !StandardStreams.OutlivesBrokenPipe)
            {
                // The reader had enough. Where the caller ignores SIGPIPE, iptables goes on, too, with status 0.
            }
        }
        else if (descriptor == Nowhere)
        {
            _length = 0;
        }
    }

    /// <summary>Forgets what waits.</summary>
    public void Clear() => _length = 0;

    /// <summary>Forgets what waits from a place on, if nothing has been handed on since.</summary>
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
