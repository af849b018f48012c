using System;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>
/// Bytes outside of the garbage-collected heap, for tables of many megabytes: the kernel writes into them, rules are edited there in
/// place, and the kernel reads them again. Free room before the first byte lets a request's head stand right in front of the
/// entries, so that nothing is copied to make a request. Growing may move the bytes: a span taken before is then stale.
/// </summary>
/// <remarks>
/// The mapping is one area to the kernel, all of it advised alike: mremap moves no more than one (EFAULT), and advice to a part would
/// split it.
/// </remarks>
internal sealed unsafe class NativeBuffer : IDisposable
{
    /// <summary>Free bytes in front of offset 0.</summary>
    public const int Headroom = 128;

    /// <summary>Bytes of a block, which can be given back by itself: whole pages, whatever size those have.</summary>
    public const int Block = 1 << 16;

    internal const int HugePage = 2 << 20;

    private const int Page = 4096;
    private const int MaxLength = int.MaxValue - Headroom - Page;

    private byte* _memory;
    private nuint _mapped;
    private nuint _ready; // up to where bytes are used as they come
    private bool _isAdvised;

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

        _ready = Math.Min(_mapped, HugePage);
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
        // SAFETY: the sum is checked against what is mapped, and MakeReady maps more or throws.
        if ((nuint)Headroom + (nuint)Length + (nuint)count > _ready)
        {
            MakeReady(count);
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

    /// <summary>The number of the block that a byte is in.</summary>
    public static int BlockOf(int offset) => (Headroom + offset) / Block;

    /// <summary>Where a block ends.</summary>
    public static int EndOfBlock(int block) => checked((block + 1) * Block) - Headroom;

    /// <summary>Gives back the memory of a block whose bytes are not needed any more.</summary>
    public void GiveBack(int block)
    {
        nuint first = (nuint)block * Block;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, _mapped);

        // SAFETY: a range within the mapping; whole pages, so that nothing is lost but what the caller gives up.
        _ = Libc.madvise(_memory + first, Math.Min(Block, _mapped - first), Libc.MADV_DONTNEED);
    }

    /// <summary>Gives back the memory behind the bytes in use.</summary>
    public void GiveBackRest()
    {
        nuint first = RoundUp(Length);
        if (first < _mapped)
        {
            // SAFETY: a range within the mapping, behind all bytes in use; pages that are larger than those here make it fail, no more.
            _ = Libc.madvise(_memory + first, _mapped - first, Libc.MADV_DONTNEED);
        }
    }

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

    /// <summary>The size of a mapping with room for so many bytes behind the headroom.</summary>
    private static nuint RoundUp(long capacity) => (nuint)((capacity + Headroom + Page - 1) / Page * Page);

    private void MakeReady(int count)
    {
        long needed = (long)Length + count;
        if (RoundUp(needed) > _mapped)
        {
            Grow(needed);
        }

        AdviseHugePages();
        _ready = _mapped;
    }

    /// <summary>Maps twice as much if that is to be had, else a little more than what is needed, else what is needed.</summary>
    private void Grow(long needed)
    {
        long twice = Math.Max(needed, (2 * (long)_mapped) - Headroom);
        if (needed > MaxLength || !(TryGrow(twice) || TryGrow(needed + HugePage) || TryGrow(needed)))
        {
            throw new KernelException("mremap", Libc.ENOMEM);
        }
    }

    private bool TryGrow(long capacity)
    {
        nuint mapped = RoundUp(Math.Min(capacity, MaxLength));

        // SAFETY: the old range is the one mapped by this object; on failure it stays as it is.
        byte* memory = (byte*)Libc.mremap(_memory, _mapped, mapped, Libc.MREMAP_MAYMOVE);
        if (memory == Libc.MAP_FAILED)
        {
            int errno = Marshal.GetLastSystemError();
            return errno == Libc.ENOMEM ? false : throw new KernelException("mremap", errno);
        }

        _memory = memory;
        _mapped = mapped;
        return true;
    }

    /// <summary>
    /// A page fault costs 2 to 3 µs; one for 2 MB instead of 512 of them is a third of the time of a large table. Asked for once the
    /// first 2 MB are full, since most tables are small; those that are in use stay as they are, and what the mapping grows by is like it.
    /// </summary>
    private void AdviseHugePages()
    {
        if (!_isAdvised && _mapped >= 2 * HugePage)
        {
            // SAFETY: advice about the range mapped by this object; a kernel without huge pages refuses it, which changes nothing.
            _ = Libc.madvise(_memory, _mapped, Libc.MADV_HUGEPAGE);
            _isAdvised = true;
        }
    }
}
