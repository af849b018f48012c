using System.Text;
using Sharptables.Kernel;
using Xunit;

namespace Sharptables.Tests.Kernel;

public sealed class ChildProcessTests
{
    [Fact]
    public void Output_and_status_come_back()
    {
        int status = Shell("printf 'a\\000b'; exit 7", out byte[] output);
        Assert.Equal(7, status);
        Assert.Equal("a\0b"u8.ToArray(), output);
    }

    [Fact]
    public void Much_output_comes_back_whole()
    {
        Assert.Equal(0, Shell("head -c 300000 /dev/zero", out byte[] output));
        Assert.Equal(300000, output.Length);
    }

    [Fact]
    public void The_child_reads_nothing_has_the_systems_environment_and_dies_of_a_broken_pipe()
    {
        Assert.Equal(0, Shell("cat; printf '%s %s' \"$PATH\" \"$DOTNET_ROOT$HOME\"", out byte[] output));
        Assert.Equal("/usr/sbin:/usr/bin:/sbin:/bin ", Encoding.UTF8.GetString(output));
        Assert.Equal(128 + 13, Shell("kill -PIPE $$; exit 0", out _));
    }

    [Fact]
    public void A_program_is_named_by_its_path_and_the_systems_are_in_known_folders()
    {
        Assert.Throws<ArgumentException>(static () => ChildProcess.Run(["sh"u8.ToArray()], out _));
        Assert.Equal("/usr/bin/env"u8.ToArray(), ChildProcess.FindSystemProgram("env"u8));
        Assert.Null(ChildProcess.FindSystemProgram("no-such-program"u8));
    }

    [Fact]
    public void A_program_that_is_not_there_is_not_started()
    {
        Assert.Equal(ChildProcess.NotStarted, ChildProcess.Run(["/no/such/program"u8.ToArray()], out byte[] output));
        Assert.Empty(output);
    }

    private static int Shell(string script, out byte[] output) =>
        ChildProcess.Run(["/bin/sh"u8.ToArray(), "-c"u8.ToArray(), Encoding.UTF8.GetBytes(script)], out output);
}
