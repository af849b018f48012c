using System.Text;
using Sharptables.Kernel;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.Tests.Kernel;

public sealed class ReplacementFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sharptables-replacement.").FullName;

    private string Target => Path.Combine(_folder, "target");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_old_file_stays_until_the_new_one_is_complete()
    {
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        using (ReplacementFile file = Begin("new"))
        {
            Assert.Equal("old", File.ReadAllText(Target));
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.OtherRead, File.GetUnixFileMode(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void One_that_is_given_up_leaves_nothing_behind()
    {
        File.WriteAllText(Target, "old");
        Begin("new").Dispose();
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void One_where_none_was_is_made()
    {
        using ReplacementFile file = Begin("new");
        Assert.False(File.Exists(Target));
        file.Commit();
        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Fact]
    public void Links_are_followed_even_to_a_file_that_is_not_there()
    {
        string real = Path.Combine(_folder, "real");
        File.CreateSymbolicLink(Target, real);
        for (int i = 0; i < 2; i++)
        {
            using ReplacementFile file = Begin($"new {i}");
            file.Commit();
            Assert.Equal($"new {i}", File.ReadAllText(real));
            Assert.Equal(real, new FileInfo(Target).LinkTarget);
        }
    }

    [Fact]
    public async Task A_pipe_is_written_to()
    {
        new Command("mkfifo", Target).Run();
        Task<string> read = Task.Run(() => File.ReadAllText(Target));
        using (ReplacementFile file = Begin("new"))
        {
            file.Commit();
        }

        Assert.Equal("new", await read);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nosuch/file")]
    public void What_cannot_be_a_file_is_refused(string path) =>
        Assert.Throws<KernelException>(() => ReplacementFile.Create(Encoding.UTF8.GetBytes(Path.Combine(_folder, path))));

    private ReplacementFile Begin(string content)
    {
        ReplacementFile file = ReplacementFile.Create(Encoding.UTF8.GetBytes(Target));
        FileDescriptor.WriteAll(file.Descriptor, Encoding.UTF8.GetBytes(content));
        return file;
    }
}
