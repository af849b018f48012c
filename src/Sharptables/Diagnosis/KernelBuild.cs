using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Kernel;

namespace Sharptables.Diagnosis;

/// <summary>How the running kernel was built: its options, as its configuration says, and the modules that lie ready for it.</summary>
public sealed class KernelBuild
{
    private readonly Dictionary<string, char> _options = [];
    private readonly string _modules = "";

    /// <summary>Reads the configuration, from wherever it is to be had.</summary>
    public KernelBuild()
    {
        Release = Text("/proc/sys/kernel/osrelease").Trim();
        foreach (string path in (string[])["/proc/config.gz", $"/boot/config-{Release}", $"/lib/modules/{Release}/config"])
        {
            if (Contents(path) is { Length: > 0 } text)
            {
                Source = path;
                ReadOptions(text);
                break;
            }
        }

        _modules = Text($"/lib/modules/{Release}/modules.order") + Text($"/lib/modules/{Release}/modules.builtin");
    }

    /// <summary>Its release, such as <c>6.1.0-13-amd64</c>.</summary>
    public string Release { get; }

    /// <summary>The file that its options were read from, or null when there is none.</summary>
    public string? Source { get; }

    /// <summary>Whether there is a folder of modules for it.</summary>
    public bool HasModules => _modules.Length > 0;

    /// <summary>How an option is set.</summary>
    /// <param name="option">Its name without <c>CONFIG_</c>.</param>
    /// <returns><c>y</c>, <c>m</c>, <c>n</c>, or <c>?</c> when the configuration is not known.</returns>
    public char this[string option] => _options.TryGetValue(option, out char setting) ? setting : Source is null ? '?' : 'n';

    /// <summary>Whether a module lies ready, or is built in.</summary>
    /// <param name="module">Its name, such as <c>xt_comment</c>.</param>
    public bool HasModule(string module) => _modules.Contains($"/{module}.ko", StringComparison.Ordinal);

    private static string Contents(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            return Text(path);
        }

        // gzip(1) is on every machine; its library in the binary would be on the way of every start.
        return ChildProcess.FindSystemProgram("gzip"u8) is { } gzip
            && ChildProcess.Run([gzip, "-dc"u8.ToArray(), Encoding.UTF8.GetBytes(path)], out byte[] text) == 0
            ? Encoding.UTF8.GetString(text)
            : "";
    }

    private static string Text(string path) => Encoding.UTF8.GetString(FileReader.TryReadAll(path) ?? []);

    private void ReadOptions(string text)
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            int equals = line.IndexOf('=');
            if (equals > 0 && line.StartsWith("CONFIG_"))
            {
                _options[line[7..equals].ToString()] = line[equals + 1];
            }
        }
    }
}
