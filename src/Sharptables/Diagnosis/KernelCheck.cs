using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Backends;
using Sharptables.Backends.Legacy;
using Sharptables.Backends.Nft;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Diagnosis;

/// <summary>
/// What the running kernel offers for a firewall. Tables are requested in an empty network namespace, since a request creates the table.
/// A module that is installed and not loaded counts as available, and is not requested, since that would load it.
/// </summary>
/// <param name="build">How the kernel was built, which explains what is missing.</param>
/// <param name="inUse">The interface that the programs use; what the other lacks is no fault.</param>
internal sealed class KernelCheck(KernelBuild build, KernelInterface inUse)
{
    private const string Topic = "kernel";

    private readonly bool _isNft = inUse == KernelInterface.Nft;
    private readonly List<KernelExtension> _extensions = [];

    /// <summary>The registered matches and targets of both families; known after <see cref="Examine()"/>.</summary>
    public IReadOnlyList<KernelExtension> Known => _extensions;

    /// <summary>Examines both families.</summary>
    public IEnumerable<Observation> Examine()
    {
        string options = build.Source is { } source ? $"from {source}" : "not known: there is no /proc/config.gz and no /boot/config-*";
        yield return new(Severity.Good, Topic, $"Linux {build.Release}, its options {options}");
        bool isRefused = false;
        foreach (Family family in Family.OfXTables())
        {
            foreach (Observation observation in TryExamine(family) ?? (isRefused ? [] : [NotPermitted]))
            {
                isRefused |= observation == NotPermitted;
                yield return observation;
            }
        }
    }

    /// <summary>What is seen of a family; null if this process may not ask.</summary>
    private List<Observation>? TryExamine(Family family)
    {
        try
        {
            return Examine(family);
        }
        catch (KernelException e) when (e.Errno == Errno.EPERM)
        {
            return null; // in a namespace that it may make, but not set up
        }
    }

    private static Observation NotPermitted => new(Severity.Broken, Topic, "not permitted to ask the kernel for its tables",
        "Run this as root, with CAP_NET_ADMIN and CAP_SYS_ADMIN; a container is given the first by --cap-add=NET_ADMIN.");

    private List<Observation>? Examine(Family family)
    {
        string name = family.Name;
        if (family.AddressesFile is { } file && !FileDescriptor.Exists(Encoding.ASCII.GetBytes(file)))
        {
            return [new(Severity.Good, Topic, $"{name}: the kernel does not have it")];
        }

        ExtensionSet extensions = new(family);
        using ITables here = _isNft ? new NftTables(extensions) : new LegacyTables(extensions);
        using ITables? elsewhere = here.TryOpenElsewhere();
        if (elsewhere is null)
        {
            return null;
        }

        List<Observation> found = [here is LegacyTables legacy ? Tables(name, family, legacy.IsThere, elsewhere) : Compatibility(name, extensions, elsewhere)];
        Registered matches = new(family, isTarget: false);
        Registered targets = new(family, isTarget: true);
        if (found[0].Severity < Severity.Broken)
        {
            found.AddRange(Extensions(name, family, ExtensionList.Matches.ToArray(), matches, elsewhere));
            found.AddRange(Extensions(name, family, ExtensionList.Targets.ToArray(), targets, elsewhere));
        }

        return found;
    }

    /// <summary>Whether nf_tables is there, and takes matches and targets of x_tables.</summary>
    private Observation Compatibility(string name, ExtensionSet extensions, ITables elsewhere)
    {
        if (!build.IsYetToBeLoaded("nf_tables") && !NftPresence.Answers())
        {
            return new(Severity.Broken, Topic, $"{name}: the kernel has no nf_tables", HowToGet(["NF_TABLES"]));
        }

        return build.IsYetToBeLoaded("nft_compat") || elsewhere.Has(extensions.Find("tcp"u8, isTarget: false)!)
            ? new(Severity.Good, Topic, $"{name}: nf_tables, with the matches and targets of iptables")
            : new(Severity.Broken, Topic, $"{name}: nf_tables without the matches and targets of iptables", HowToGet(["NFT_COMPAT"]));
    }

    private Observation Tables(string name, Family family, bool isLoaded, ITables elsewhere)
    {
        List<string> present = [], absent = [];
        if (isLoaded || build.HasModule(family.KernelTables!))
        {
            foreach (BuiltInTable table in BuiltInTable.Of(family))
            {
                bool isPresent = build.IsYetToBeLoaded(family.XTables!.TableModulePrefix + table.Name) || (isLoaded && Has(elsewhere, table.Name));
                (isPresent ? present : absent).Add(table.Name);
            }
        }

        string prefix = family.KernelOptions;
        if (present.Count == 0)
        {
            List<string> options = [$"{prefix}IPTABLES", $"{prefix}FILTER"];
            if (build.IsSince(6, 10))
            {
                options.Add($"{prefix}IPTABLES_LEGACY");
            }

            if (build.IsSince(6, 17))
            {
                options.Add("NETFILTER_XTABLES_LEGACY");
            }

            options.RemoveAll(option => build[option] is 'y');
            return new(Severity.Broken, Topic, $"{name}: the kernel lacks the legacy interface of iptables", HowToGet(options));
        }

        return absent.Count == 0
            ? new(Severity.Good, Topic, $"{name}: tables {string.Join(", ", present)}")
            : new(Severity.Warning, Topic, $"{name}: tables {string.Join(", ", present)}, but not {string.Join(", ", absent)}",
                HowToGet(absent.ConvertAll(table => prefix + table.ToUpperInvariant())));
    }

    private static bool Has(ITables elsewhere, string table)
    {
        try
        {
            elsewhere.ReadEmpty(Encoding.ASCII.GetBytes(table)).Dispose();
            return true;
        }
        catch (KernelException e) when (e.Errno is Errno.ENOENT or Errno.ENOPROTOOPT)
        {
            return false;
        }
    }

    private List<Observation> Extensions(
        string name, Family family, ExtensionEntry[] entries, Registered registered, ITables elsewhere)
    {
        int all = 0, ready = 0;
        List<string> missing = [], options = [], unknown = [];
        foreach (ExtensionEntry entry in entries)
        {
            if ((entry.Families & family.Bit) == 0)
            {
                continue;
            }

            Extension extension = entry.Build(family);
            if (extension.LeftLinux is { } left && build.IsSince(left.Major, left.Minor))
            {
                continue;
            }

            all++;
            bool isInstalled = build.HasModule($"{family.ExtensionModulePrefix}{extension.KernelName}"); // the name by which the kernel requests it
            if (_isNft ? !isInstalled && elsewhere.Has(extension) : registered.Has(extension.KernelName))
            {
                ready++;
                _extensions.Add(new KernelExtension(name, extension, elsewhere));
                if (!elsewhere.Has(extension))
                {
                    unknown.Add(entry.Name);
                }
            }
            else if (isInstalled)
            {
                ready++;
            }
            else
            {
                missing.Add(entry.Name);
                options.Add(extension.KernelOptionFor(family));
            }
        }

        string kind = registered.IsTarget ? "targets" : "matches";
        List<Observation> found = [new(Severity.Good, Topic, $"{name}: {ready} of {all} {kind}")];
        if (missing.Count > 0)
        {
            bool isBuilt = options.Exists(option => build[option] is 'm' or 'y');
            Severity severity = isBuilt ? Severity.Warning : Severity.Note;
            found.Add(new(severity, Topic, $"{name}: no {kind} {string.Join(", ", missing)}", HowToGet(options)));
        }

        if (unknown.Count > 0)
        {
            found.Add(new(Severity.Warning, Topic, $"{name}: {kind} in revisions that are not known here: {string.Join(", ", unknown)}",
                "A newer sharptables may know them."));
        }

        return found;
    }

    /// <summary>How to get what is missing: what was built as a module is in a package; anything else takes another kernel.</summary>
    private string HowToGet(IReadOnlyList<string> options)
    {
        List<string> modules = [], off = [];
        foreach (string option in options)
        {
            List<string> list = build[option] is 'm' ? modules : off;
            if (!list.Contains($"CONFIG_{option}"))
            {
                list.Add($"CONFIG_{option}");
            }
        }

        StringBuilder advice = new();
        if (modules.Count > 0)
        {
            advice.Append($"Modules of {string.Join(", ", modules)} were built but are not installed: they are in " +
                $"linux-modules-extra-{build.Release} (Ubuntu), kernel-modules-extra (Fedora) or the kernel's own package; " +
                "after an upgrade of the kernel, restart. ");
        }

        if (off.Count > 0)
        {
            advice.Append($"A kernel with {string.Join(", ", off)} has {(off.Count == 1 ? "it" : "them")}.");
        }

        return advice.ToString().TrimEnd();
    }

    /// <summary>The registered matches or targets, of any revision.</summary>
    private sealed class Registered
    {
        private readonly HashSet<string> _names = [];

        public Registered(Family family, bool isTarget)
        {
            IsTarget = isTarget;
            string tables = family.KernelTables!;
            if (FileReader.TryReadAll($"/proc/net/{tables}_{(isTarget ? "targets" : "matches")}") is { } names)
            {
                _names.UnionWith(Encoding.ASCII.GetString(names).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        public bool IsTarget { get; }

        public bool Has(string kernelName) => _names.Contains(kernelName);
    }
}
