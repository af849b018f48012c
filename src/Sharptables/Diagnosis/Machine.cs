using System.Collections.Generic;
using System.Linq;
using Sharptables.Kernel;

namespace Sharptables.Diagnosis;

/// <summary>What a firewall needs of a machine, and whether this one has it. To look changes nothing.</summary>
public sealed class Machine
{
    private Machine(List<Observation> observations, IReadOnlyList<KernelExtension> extensions)
    {
        Observations = observations;
        Extensions = extensions;
        Worst = observations.Max(static observation => observation.Severity);
    }

    /// <summary>What was found out, topic by topic.</summary>
    public IReadOnlyList<Observation> Observations { get; }

    /// <summary>The matches and targets that its kernel has registered.</summary>
    public IReadOnlyList<KernelExtension> Extensions { get; }

    /// <summary>The worst of what was found out.</summary>
    public Severity Worst { get; }

    /// <summary>Examines this machine: its kernel, the rules in force, its settings, the lock.</summary>
    public static Machine Examine()
    {
        if (!ThisProcess.SeesProc)
        {
            return new Machine([new(Severity.Broken, "kernel", "nothing can be told: /proc is not mounted", "mount -t proc proc /proc")], []);
        }

        KernelBuild build = new();
        KernelCheck kernel = new(build);
        RulesCheck rules = new(build);
        List<Observation> found = [.. kernel.Examine(), .. rules.Examine()];
        found.AddRange(SettingsCheck.Examine(rules.IsAboutForwarding));
        found.AddRange(LockCheck.Examine());
        return new Machine(found, kernel.Known);
    }
}
