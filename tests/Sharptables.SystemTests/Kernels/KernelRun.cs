using Sharptables.Testing;

namespace Sharptables.SystemTests.Kernels;

/// <summary>The results of tests/kernels on bookworm's kernel, with the legacy interface and without: one boot each for all tests.</summary>
public sealed class KernelRun
{
    private readonly Dictionary<string, string[]> _said;

    public KernelRun()
    {
        string[] variants = ["with-legacy", "without-legacy"];
        _said = variants.Zip(Task.WhenAll(variants.Select(static variant => Task.Run(() => Boot(variant)))).GetAwaiter().GetResult())
            .ToDictionary(static pair => pair.First, static pair => pair.Second);
    }

    /// <summary>All that was said, line by line.</summary>
    public IReadOnlyList<string> Lines(string variant) => _said[variant];

    private static string[] Boot(string variant)
    {
        CommandResult boot = new Command(Workspace.PathOf("tests", "kernels", "boot"), "bookworm", variant)
        {
            Variables = Command.ProgramsUnderTest(lockFile: "/dev/null"),
        }.Run();
        return [.. (boot.Stdout + boot.Stderr).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
