using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Kernel;

namespace Sharptables.Diagnosis;

/// <summary>How the running kernel was built: its configuration, and the modules installed for it.</summary>
internal sealed class KernelBuild
{
    private readonly Dictionary<string, char> _options = [];
    private readonly HashSet<string> _modules = [];
    private readonly HashSet<string> _builtIn = [];
    private readonly Version _version;

    /// <summary>Reads the configuration from wherever it is available.</summary>
    public KernelBuild()
    {
        Release = Text("/proc/sys/kernel/osrelease").Trim();
        _version = ReadVersion(Release);
        foreach (string path in (string[])["/proc/config.gz", $"/boot/config-{Release}", $"/lib/modules/{Release}/config"])
        {
            if (Contents(path) is { Length: > 0 } text)
            {
                Source = path;
                ReadOptions(text);
                break;
            }
        }

        ReadModules($"/lib/modules/{Release}");
    }

    /// <summary>The release, such as <c>6.1.0-13-amd64</c>.</summary>
    public string Release { get; }

    /// <summary>The file that the configuration was read from, or null.</summary>
    public string? Source { get; }

    /// <summary>Whether it is that release of Linux or a later one.</summary>
    public bool IsSince(int major, int minor) => _version >= new Version(major, minor);

    /// <summary>The value of a configuration option.</summary>
    /// <param name="option">The name without <c>CONFIG_</c>.</param>
    /// <returns><c>y</c>, <c>m</c>, <c>n</c>, or <c>?</c> when the configuration is unknown.</returns>
    public char this[string option] => _options.TryGetValue(option, out char setting) ? setting : Source is null ? '?' : 'n';

    /// <summary>Whether a module is installed or built in.</summary>
    /// <param name="module">The name, or an alias by which the kernel requests it, such as <c>ipt_tcp</c> for xt_tcpudp.</param>
    public bool HasModule(string module) => _modules.Contains(module);

    /// <summary>Whether a module such as <c>iptable_nat</c> is installed and not loaded.</summary>
    public bool IsYetToBeLoaded(string module) => HasModule(module) && FileReader.TryReadAll($"/sys/module/{module}/refcnt") is null
        && !_builtIn.Contains(module);

    private static string Contents(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            return Text(path);
        }

        // gzip(1) is on every machine; a decompressor in the binary would slow down every start.
        return ChildProcess.FindSystemProgram("gzip"u8) is { } gzip
            && ChildProcess.Run([gzip, "-dc"u8.ToArray(), Encoding.UTF8.GetBytes(path)], out byte[] text) == 0
            ? Encoding.UTF8.GetString(text)
            : "";
    }

    private static string Text(string path) => Encoding.UTF8.GetString(FileReader.TryReadAll(path) ?? []);

    private static Version ReadVersion(string release)
    {
        int end = 0;
        while (end < release.Length && (char.IsAsciiDigit(release[end]) || release[end] == '.'))
        {
            end++;
        }

        return Version.TryParse(release[..end].TrimEnd('.'), out Version? version) ? new Version(version.Major, version.Minor) : new Version(0, 0);
    }

    /// <summary>Reads what depmod found, and what is built in, with aliases.</summary>
    private void ReadModules(string folder)
    {
        foreach (ReadOnlySpan<char> line in Text($"{folder}/modules.dep").AsSpan().EnumerateLines())
        {
            _ = _modules.Add(NameOf(line[..Math.Max(line.IndexOf(':'), 0)]));
        }

        foreach (ReadOnlySpan<char> line in Text($"{folder}/modules.builtin").AsSpan().EnumerateLines())
        {
            _ = _builtIn.Add(NameOf(line));
        }

        foreach (ReadOnlySpan<char> line in Text($"{folder}/modules.alias").AsSpan().EnumerateLines())
        {
            if (line.StartsWith("alias ip")) // skips the aliases of thousands of devices
            {
                _ = _modules.Add(line[6..line.LastIndexOf(' ')].ToString());
            }
        }

        foreach (string entry in Text($"{folder}/modules.builtin.modinfo").Split('\0'))
        {
            int equals = entry.IndexOf(".alias=", StringComparison.Ordinal);
            if (equals > 0)
            {
                _ = _modules.Add(entry[(equals + 7)..]);
            }
        }

        _modules.UnionWith(_builtIn);
    }

    /// <summary>The module's name from its file, which may be compressed; the kernel treats - and _ alike.</summary>
    private static string NameOf(ReadOnlySpan<char> path)
    {
        ReadOnlySpan<char> file = path[(path.LastIndexOf('/') + 1)..];
        int dot = file.IndexOf('.');
        return file[..(dot < 0 ? file.Length : dot)].ToString().Replace('-', '_');
    }

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
