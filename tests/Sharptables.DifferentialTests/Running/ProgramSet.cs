using System.Globalization;
using Sharptables.Testing;

namespace Sharptables.DifferentialTests.Running;

/// <summary>One side of a comparison: a folder that holds its programs under their plain names, to be first in PATH.</summary>
public sealed class ProgramSet
{
    private static readonly string[] s_names =
    [
        "iptables", "iptables-save", "iptables-restore", "ip6tables", "ip6tables-save", "ip6tables-restore",
    ];

    private static int s_lockFiles;

    private ProgramSet(string label, string sbin, bool plain)
    {
        Label = label;
        Source = sbin;
        Folder = Path.Combine(Workspace.Temporary, label);
        Directory.CreateDirectory(Folder);
        foreach (string name in s_names)
        {
            string legacy = name.Replace("tables", "tables-legacy", StringComparison.Ordinal);
            string target = Path.Combine(sbin, plain ? name : legacy);
            if (!File.Exists(target))
            {
                throw new FileNotFoundException(
                    $"{target} is not there: build first, or set {(plain ? "SHARPTABLES_SBIN" : "REFERENCE_SBIN")}");
            }

            Link(name, target);
            Link(legacy, target);
        }

        // The original has this one in /usr/bin.
        Link("iptables-xml", Path.Combine(sbin, plain ? "xtables-multi" : "xtables-legacy-multi"));
        foreach (string name in plain ? (string[])["nfnl_osf", "nfbpf_compile"] : [])
        {
            Link(name, Path.Combine(sbin, name));
        }
    }

    /// <summary>The programs under test: <c>SHARPTABLES_SBIN</c>, else what <c>make</c> built.</summary>
    public static ProgramSet Ours { get; } = new(
        "ours",
        Workspace.Sbin,
        plain: true);

    /// <summary>The C original: <c>REFERENCE_SBIN</c>, else /usr/sbin, by its names with -legacy.</summary>
    public static ProgramSet Reference { get; } = new(
        "reference", Environment.GetEnvironmentVariable("REFERENCE_SBIN") ?? "/usr/sbin", plain: false);

    public string Label { get; }

    /// <summary>The folder the programs come from.</summary>
    public string Source { get; }

    /// <summary>The folder of links to the programs.</summary>
    public string Folder { get; }

    /// <summary>A lock file that nothing else uses, so that no test waits for another.</summary>
    public static string NewLockFile() =>
        Path.Combine(Workspace.Temporary, "lock." + Interlocked.Increment(ref s_lockFiles).ToString(CultureInfo.InvariantCulture));

    /// <summary>The environment of a command of this side: these programs first in PATH, and nothing of the caller's.</summary>
    public IReadOnlyList<string> Environ(string lockFile) =>
    [
        $"PATH={Folder}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        $"XTABLES_LOCKFILE={lockFile}",
        "SHARPTABLES_INTERFACE=legacy",
        "LC_ALL=C",
        "HOME=/",
    ];

    private void Link(string name, string target)
    {
        string link = Path.Combine(Folder, name);
        File.Delete(link);
        File.CreateSymbolicLink(link, Path.GetFullPath(target));
    }
}
