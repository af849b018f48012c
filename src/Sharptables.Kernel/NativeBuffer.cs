using System;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>
/// Bytes outside of the garbage-collected heap, for tables of many megabytes: the kernel writes into them, rules are edited there in
/// place, and the kernel reads them again. Free room before the first byte lets a request's head stand right in front of the
/// entries, so that nothing is copied to make a request. Growing may move the bytes: a span taken before is then stale.
/// </summary>
public sealed unsafe class NativeBuffer : IDisposable
{
    /// <summary>Free bytes in front of offset 0.</summary>
    public const int Headroom = 128;

    private const int Page = 4096;
    private const int HugePage = 2 << 20;

    private byte* _memory;
    private nuint _mapped;

    /// <summary>Maps room for at least <paramref name="capacity"/> bytes; pages cost nothing until they are touched.</summary>
    public NativeBuffer(int capacity)
    {
        _mapped = RoundUp(capacity);
        _memory = (byte*)Libc.mmap(null, _mapped, Libc.PROT_READ | Libc.PROT_WRITE, Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS, -1, 0);
        if (_memory == Libc.MAP_FAILED)
        {
            _memory = null;
            throw new KernelException("mmap", Marshal.GetLastSystemError());
        }

        AdviseHugePages();
    }

    /// <summary>How many bytes are in use.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes in use.</summary>
    public Span<byte> Bytes => new(Start, Length);

    internal byte* Start
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            return _memory + Headroom;
        }
    }

    /// <summary>Some of the bytes in use.</summary>
    public Span<byte> Slice(int offset, int length) => Bytes.Slice(offset, length);

    /// <summary>
    /// Makes sure that <paramref name="count"/> bytes can be added after those in use, and gives their place; they are not in use yet.
    /// </summary>
    public Span<byte> Reserve(int count)
    {
        // SAFETY: the sum is checked against what is mapped, and Grow maps more or throws.
        if ((nuint)Headroom + (nuint)Length + (nuint)count > _mapped)
        {
            Grow(count);
        }

        return new Span<byte>(Start + Length, count);
    }

    /// <summary>Changes how many bytes are in use; what is added holds whatever was written there, or zero.</summary>
    public void SetLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > Length)
        {
            Reserve(length - Length);
        }

        Length = length;
    }

    /// <summary>Moves bytes within the buffer; the places may overlap.</summary>
    public void Move(int from, int to, int length) => Slice(from, length).CopyTo(Slice(to, length));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_memory is not null)
        {
            // SAFETY: the range is the one mapped by this object, and no use of it remains after _memory is cleared.
            _ = Libc.munmap(_memory, _mapped);
            _memory = null;
        }
    }

    private static nuint RoundUp(long capacity) => (nuint)((capacity + Headroom + Page - 1) / Page * Page);

    private void Grow(int count)
    {
        long needed = (long)Length + count;
        if (needed > int.MaxValue - Headroom - Page)
        {
            throw new KernelException("mremap", Libc.ENOMEM);
        }

        nuint mapped = RoundUp(Math.Max(needed, Math.Min((long)_mapped * 2, int.MaxValue - Headroom - Page)));

        // SAFETY: the old range is the one mapped by this object; on failure it stays as it is.
        byte* memory = (byte*)Libc.mremap(_memory, _mapped, mapped, Libc.MREMAP_MAYMOVE);
        if (memory == Libc.MAP_FAILED)
        {
            throw new KernelException("mremap", Marshal.GetLastSystemError());
        }

        _memory = memory;
        _mapped = mapped;
        AdviseHugePages();
    }

    /// <summary>
    /// A page fault costs 2 to 3 µs; one for 2 MB instead of 512 of them is a third of the time of a large table. The first of them
    /// stay small, since most tables are.
    /// </summary>
    private void AdviseHugePages()
    {
        if (_mapped >= 2 * HugePage)
        {
            nuint first = HugePage - ((nuint)_memory % HugePage);

            // SAFETY: advice about a range mapped by this object; a kernel without huge pages refuses it, which changes nothing.
            _ = Libc.madvise(_memory + first, _mapped - first, Libc.MADV_HUGEPAGE);
        }
    }
}
