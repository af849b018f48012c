using System.Text;
using Sharptables.Kernel;
using Xunit;

namespace Sharptables.Tests.Kernel;

public sealed class FileReaderTests
{
    [Fact]
    public void A_file_is_read_whole()
    {
        string path = Path.GetTempFileName();
        try
        {
            byte[] content = new byte[100_000];
            new Random(1).NextBytes(content);
            File.WriteAllBytes(path, content);
            Assert.Equal(content, FileReader.ReadAll(Encoding.UTF8.GetBytes(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_missing_file_is_null_and_one_that_cannot_be_read_says_why()
    {
        Assert.Null(FileReader.ReadAll("/no/such/file"u8));
        Assert.Null(FileReader.ReadAll("/dev/null/file"u8));
        KernelException error = Assert.Throws<KernelException>(static () => FileReader.ReadAll("/proc"u8));
        Assert.Equal(21, error.Errno);
        Assert.Equal("Is a directory", error.Message);
        Assert.Equal("read", error.Operation);
    }

    [Fact]
    public void A_write_that_fails_says_why()
    {
        KernelException error = Assert.Throws<KernelException>(static () => FileDescriptor.WriteAll(-1, "x"u8));
        Assert.Equal("Bad file descriptor", error.Message);
    }
}
