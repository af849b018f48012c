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

    private static readonly string[] s_onlyOverNft =
    [
        "arptables", "arptables-save", "arptables-restore", "ebtables", "ebtables-save", "ebtables-restore",
    ];

    private static int s_lockFiles;

    private readonly string _interface;

    private ProgramSet(string label, string sbin, string @interface, bool isOurs)
    {
        Label = label;
        Source = sbin;
        Folder = Path.Combine(Workspace.Temporary, label);
        Directory.CreateDirectory(Folder);
        foreach (string name in @interface == "nft" ? [.. s_names, .. s_onlyOverNft] : s_names)
        {
            string named = name.Replace("tables", $"tables-{@interface}", StringComparison.Ordinal);
            string target = Path.Combine(sbin, named);
            if (!File.Exists(target))
            {
                throw new FileNotFoundException(
                    $"{target} is not there: build first, run tests/fetch-iptables, or set {(isOurs ? "SHARPTABLES_SBIN" : "REFERENCE_SBIN")}");
            }

            Link(name, isOurs ? Path.Combine(sbin, name) : target);
            Link(named, target);
        }

        // The original has this one in /usr/bin.
        Link("iptables-xml", Path.Combine(sbin, isOurs ? "xtables-multi" : $"xtables-{@interface}-multi"));
        foreach (string name in isOurs ? (string[])["nfnl_osf", "nfbpf_compile"] : [])
        {
            Link(name, Path.Combine(sbin, name));
        }

        _interface = @interface;
    }

    /// <summary>The programs under test, over the legacy interface: <c>SHARPTABLES_SBIN</c>, else what <c>make</c> built.</summary>
    public static ProgramSet Ours { get; } = new("ours", Workspace.Sbin, "legacy", isOurs: true);

    /// <summary>The C original over the legacy interface: <c>REFERENCE_SBIN</c>, else /usr/sbin.</summary>
    public static ProgramSet Reference { get; } = new(
        "reference", Environment.GetEnvironmentVariable("REFERENCE_SBIN") ?? "/usr/sbin", "legacy", isOurs: false);

    /// <summary>The programs under test, over nf_tables.</summary>
    public static ProgramSet OursOverNft { get; } = new("ours-nft", Workspace.Sbin, "nft", isOurs: true);

    /// <summary>The C original over nf_tables.</summary>
    public static ProgramSet ReferenceOverNft { get; } = new(
        "reference-nft", Environment.GetEnvironmentVariable("REFERENCE_SBIN") ?? "/usr/sbin", "nft", isOurs: false);

    /// <summary>
    /// The C original 1.8.11 over nf_tables, which tests/fetch-iptables fetches: ours is 1.8.10, which in some does as 1.8.9 and in some as 1.8.11.
    /// </summary>
    public static ProgramSet NextReferenceOverNft { get; } = new("next-nft", Workspace.PathOf("artifacts", "iptables-1.8.11", "sbin"), "nft", isOurs: false);

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
        $"SHARPTABLES_INTERFACE={_interface}",
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
