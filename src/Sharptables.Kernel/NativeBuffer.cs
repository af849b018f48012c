using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>
/// Bytes outside the garbage-collected heap, for tables of many megabytes: the kernel writes into them, rules are edited in place, and
/// the kernel reads them again. Headroom before the first byte lets the head of a request stand directly in front of the entries, so
/// nothing is copied to make a request. Growing may move the bytes and invalidates spans taken before.
/// </summary>
/// <remarks>
/// To the kernel the mapping is one area, with one kind of advice: advice to a part would split it, and mremap cannot move more
/// than one area (EFAULT).
/// </remarks>
internal sealed unsafe class NativeBuffer : IDisposable
{
    /// <summary>Free bytes in front of offset 0.</summary>
    public const int Headroom = 128;

    /// <summary>The unit in which memory is given back, in bytes: whole pages, whatever their size.</summary>
    public const int Block = 1 << 16;

    internal const int HugePage = 2 << 20;

    private const int Page = 4096;
    private const int MaxLength = int.MaxValue - Headroom - Page;

    private byte* _memory; // null until it is used: most tables are only read, and nothing is added to them
    private nuint _mapped;
    private nuint _ready; // bytes up to here can be used without asking again
    private bool _isAdvised;
    private bool _isDisposed;

    /// <summary>A buffer whose first use maps at least <paramref name="capacity"/> bytes; a page costs nothing until it is touched.</summary>
    public NativeBuffer(int capacity) => _mapped = RoundUp(capacity);

    /// <summary>How many bytes are in use.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes in use.</summary>
    public Span<byte> Bytes => new(Start, Length);

    /// <exception cref="KernelException">There is no memory.</exception>
    internal byte* Start
    {
        get
        {
            if (_memory is null)
            {
                Map();
            }

            return _memory + Headroom;
        }
    }

    public Span<byte> Slice(int offset, int length) => Bytes.Slice(offset, length);

    /// <summary>Makes room for <paramref name="count"/> bytes behind those in use and returns it; they do not count as used yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int count)
    {
        // SAFETY: the sum is checked against what is mapped, and MakeReady maps more or throws.
        if ((nuint)Headroom + (nuint)Length + (nuint)count > _ready)
        {
            MakeReady(count);
        }

        return new Span<byte>(_memory + Headroom + Length, count); // what is ready is mapped
    }

    /// <summary>Makes room for <paramref name="count"/> bytes, which count as used, and behind them for some more, which do not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // a rule of nf_tables' takes a dozen of them
    public Span<byte> Add(int count, int more = 0)
    {
        Span<byte> place = Reserve(count + more);
        Length += count;
        return place;
    }

    /// <summary>Sets how many bytes are in use. Bytes gained hold what was written there before, or zero.</summary>
    public void SetLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > Length)
        {
            Reserve(length - Length);
        }

        Length = length;
    }

    /// <summary>Moves bytes within the buffer; the ranges may overlap.</summary>
    public void Move(int from, int to, int length) => Slice(from, length).CopyTo(Slice(to, length));

    public static int BlockOf(int offset) => (Headroom + offset) / Block;

    public static int EndOfBlock(int block) => checked((block + 1) * Block) - Headroom;

    /// <summary>Returns the memory of a block to the system; its contents are lost.</summary>
    public void GiveBack(int block)
    {
        nuint first = (nuint)block * Block;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, _mapped);

        // SAFETY: a range of whole pages within the mapping, of which the caller has used the block; only what it gives up is lost.
        _ = Libc.madvise(Start - Headroom + first, Math.Min(Block, _mapped - first), Libc.MADV_DONTNEED);
    }

    /// <summary>Returns the memory behind the bytes in use to the system.</summary>
    public void GiveBackRest()
    {
        nuint first = RoundUp(Length);
        if (first < _mapped && _memory is not null)
        {
            // SAFETY: a range within the mapping, behind all bytes in use. With larger pages than assumed the call fails, which is
            // harmless.
            _ = Libc.madvise(_memory + first, _mapped - first, Libc.MADV_DONTNEED);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_memory is not null)
        {
            // SAFETY: exactly the range mapped by this object; nothing uses it once _memory is cleared.
            _ = Libc.munmap(_memory, _mapped);
            _memory = null;
        }

        _isDisposed = true;
    }

    private void Map()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        void* memory = Libc.mmap(null, _mapped, Libc.PROT_READ | Libc.PROT_WRITE, Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS, -1, 0);
        if (memory == Libc.MAP_FAILED)
        {
            throw new KernelException("mmap", Marshal.GetLastSystemError());
        }

        _memory = (byte*)memory;
        _ready = Math.Min(_mapped, HugePage);
    }

    /// <summary>The size of a mapping with room for that many bytes behind the headroom.</summary>
    private static nuint RoundUp(long capacity) => (nuint)((capacity + Headroom + Page - 1) / Page * Page);

    private void MakeReady(int count)
    {
        long needed = (long)Length + count;
        if (_memory is null)
        {
            Map();
            if (RoundUp(needed) <= _ready)
            {
                return;
            }
        }

        if (RoundUp(needed) > _mapped)
        {
            Grow(needed);
        }

        AdviseHugePages();
        _ready = _mapped;
    }

    /// <summary>Doubles the mapping; failing that, maps a little more than needed; failing that, exactly what is needed.</summary>
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

        // SAFETY: exactly the range mapped by this object; on failure it stays as it is.
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
    /// A page fault costs 2 to 3 µs; one for 2 MB instead of 512 saves a third of the time of a large table. Asked for only when the
    /// first 2 MB are full, since most tables are small. Pages in use stay as they are; the mapping keeps the advice as it grows.
    /// </summary>
    private void AdviseHugePages()
    {
        if (!_isAdvised && _mapped >= 2 * HugePage)
        {
            // SAFETY: advice on the range mapped by this object; a kernel without huge pages refuses it, which is harmless.
            _ = Libc.madvise(_memory, _mapped, Libc.MADV_HUGEPAGE);
            _isAdvised = true;
        }
    }
}
