using System.Diagnostics;
using System.Text;
using Sharptables.Kernel;
using Xunit;

namespace Sharptables.Tests.Kernel;

public sealed class XTablesLockTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"sharptables-lock-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void It_is_made_with_mode_0600_and_taken_by_one_at_a_time()
    {
        using XTablesLock first = Open();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_path));
        using XTablesLock second = Open();
        Assert.True(first.TryAcquire());
        Assert.False(second.TryAcquire());
        first.Dispose();
        Assert.True(second.Acquire(TimeSpan.FromSeconds(30))); // a process that another test forks has the file open until its exec
    }

    [Fact]
    public void Waiting_ends_after_the_time_that_was_given()
    {
        using XTablesLock holder = Open();
        holder.Acquire();
        XTablesLock waiter = Open();
        Stopwatch clock = Stopwatch.StartNew();
        Assert.False(waiter.Acquire(TimeSpan.FromMilliseconds(200)));
        Assert.InRange(clock.ElapsedMilliseconds, 190, 5000);
    }

    [Fact]
    public void Waiting_ends_when_the_lock_is_given_up()
    {
        using XTablesLock holder = Open();
        holder.Acquire();
        using XTablesLock waiter = Open();
        using Timer timer = new(_ => holder.Dispose(), null, 100, Timeout.Infinite);
        Assert.True(waiter.Acquire(TimeSpan.FromSeconds(30)));
        using XTablesLock third = Open();
        Assert.False(third.TryAcquire());
    }

    [Fact]
    public void Who_holds_it_can_be_told()
    {
        using XTablesLock holder = Open();
        Assert.Null(holder.Holder());
        holder.Acquire();
        LockHolder found = Assert.NotNull(holder.Holder());
        Assert.Equal(Environment.ProcessId, found.ProcessId);
        string command = File.ReadAllText("/proc/self/comm").TrimEnd('\n');
        Assert.Equal(command, Encoding.UTF8.GetString(found.Command.Span));
    }

    [Fact]
    public void The_holder_is_told_from_those_who_wait_and_from_other_locks()
    {
        ReadOnlySpan<byte> locks = """
            1: POSIX  ADVISORY  WRITE 10 fe:00:77 0 EOF
            2: FLOCK  ADVISORY  WRITE 11 fe:00:78 0 EOF
            3: FLOCK  ADVISORY  WRITE 12 fe:00:77 0 EOF
            3: -> FLOCK  ADVISORY  WRITE 13 fe:00:77 0 EOF
            4: FLOCK  ADVISORY  WRITE 14 00:2f:99 0 EOF
            lock:	5: FLOCK  ADVISORY  WRITE 0 fe:00:55 0 EOF

            """u8;
        Assert.Equal(12, XTablesLock.FindOwner(locks, 0xfe, 0, 77));
        Assert.Equal(14, XTablesLock.FindOwner(locks, 0, 0x33, 99)); // another device, one inode
        Assert.Equal(0, XTablesLock.FindOwner(locks, 0xfe, 0, 55)); // as fdinfo shows it where the owner is not known
        Assert.Null(XTablesLock.FindOwner(locks, 0xfe, 0, 79));
    }

    [Fact]
    public void A_path_that_cannot_be_opened_says_why()
    {
        KernelException error = Assert.Throws<KernelException>(static () => XTablesLock.Open("/no/such/dir/lock"u8.ToArray()));
        Assert.Equal("No such file or directory", error.Message);
    }

    private XTablesLock Open() => XTablesLock.Open(Encoding.UTF8.GetBytes(_path));
}
