using Sharptables.Kernel;
using Xunit;

namespace Sharptables.Tests.Kernel;

/// <summary>A buffer grows from any size to any other and keeps its bytes; releasing a part loses that part and nothing else.</summary>
public sealed class NativeBufferTests
{
    private const int Page = 4096;

    /// <summary>Around every size at which a buffer grows in another way: a page, the first huge page, that from which they are asked for.</summary>
    public static TheoryData<int> Sizes()
    {
        TheoryData<int> sizes = [];
        const int Huge = NativeBuffer.HugePage;
        foreach (int threshold in (int[])[Page, NativeBuffer.Block, Huge, 2 * Huge, 4 * Huge])
        {
            foreach (int beside in (int[])[1 - Page, -1, 0, 1, Page])
            {
                sizes.Add(Math.Max(threshold - NativeBuffer.Headroom + beside, 1));
            }
        }

        return sizes;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_buffer_keeps_what_it_holds_however_it_grows(int size)
    {
        int most = 6 * NativeBuffer.HugePage;
        foreach (int capacity in (int[])[0, size, size / 2])
        {
            foreach (int step in (int[])[1, Page, NativeBuffer.HugePage, most])
            {
                using NativeBuffer buffer = new(capacity);
                buffer.SetLength(size);
                buffer.Bytes.Fill(7);
                for (int length = size; length < most;)
                {
                    int more = Math.Min(length + step, most);
                    buffer.SetLength(more);
                    buffer.Bytes[(more - 1)..].Fill(9);
                    length = step == 1 ? most : more;
                }

                Assert.False(buffer.Slice(0, size).ContainsAnyExcept((byte)7), $"{capacity}, by {step}");
                Assert.Equal(9, buffer.Bytes[^1]);
            }
        }
    }

    [Fact]
    public void Growth_goes_on_over_many_sizes_of_huge_pages()
    {
        using NativeBuffer buffer = new(0);
        for (int length = 1000; length < 64 * NativeBuffer.HugePage; length = (length * 3 / 2) + 1)
        {
            buffer.SetLength(length);
            buffer.Bytes[^1] = (byte)length;
        }

        for (int length = 1000; length < 64 * NativeBuffer.HugePage; length = (length * 3 / 2) + 1)
        {
            Assert.Equal((byte)length, buffer.Bytes[length - 1]);
        }
    }

    [Fact]
    public void What_no_mapping_can_hold_is_a_lack_of_memory_and_changes_nothing()
    {
        using NativeBuffer buffer = new(Page);
        buffer.SetLength(10);
        buffer.Bytes.Fill(7);
        Assert.Equal(Errno.ENOMEM, Assert.Throws<KernelException>(() => buffer.SetLength(int.MaxValue)).Errno);
        Assert.Equal(10, buffer.Length);
        Assert.False(buffer.Bytes.ContainsAnyExcept((byte)7));
    }

    [Fact]
    public void A_block_that_is_given_back_is_zero_and_its_neighbours_are_as_they_were()
    {
        using NativeBuffer buffer = new(0);
        buffer.SetLength(3 * NativeBuffer.HugePage);
        buffer.Bytes.Fill(7);
        foreach (int block in (int[])[0, 3, NativeBuffer.BlockOf(buffer.Length - 1)])
        {
            int start = block == 0 ? 0 : NativeBuffer.EndOfBlock(block - 1);
            int end = Math.Min(NativeBuffer.EndOfBlock(block), buffer.Length);
            Assert.Equal((block, block), (NativeBuffer.BlockOf(start), NativeBuffer.BlockOf(end - 1)));
            buffer.GiveBack(block);
            Assert.False(buffer.Slice(start, end - start).ContainsAnyExcept((byte)0));
            Assert.Equal(7, buffer.Bytes[start == 0 ? end : start - 1]);
            Assert.True(end == buffer.Length || buffer.Bytes[end] == 7);
        }
    }

    [Fact]
    public void What_lies_behind_the_bytes_in_use_can_be_given_back_and_used_again()
    {
        using NativeBuffer buffer = new(0);
        buffer.SetLength(3 * NativeBuffer.HugePage);
        buffer.Bytes.Fill(7);
        buffer.SetLength(NativeBuffer.HugePage);
        buffer.GiveBackRest();
        Assert.False(buffer.Bytes.ContainsAnyExcept((byte)7));
        buffer.SetLength(3 * NativeBuffer.HugePage);
        Assert.Equal(0, buffer.Bytes[^1]);
    }
}
