using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Sharptables.SystemTests;

/// <summary>What the tests of tests/kernels say of bookworm's kernel, with the legacy interface and without: booted once for all of them.</summary>
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
        using Process boot = Process.Start(
            new ProcessStartInfo(Path.Combine(Workspace.Repository, "tests", "kernels", "boot"), ["bookworm", variant])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["SHARPTABLES_SBIN"] = Workspace.Sbin },
            })!;
        Task<string> errors = boot.StandardError.ReadToEndAsync();
        string output = boot.StandardOutput.ReadToEnd();
        boot.WaitForExit();
        return [.. (output + errors.Result).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
