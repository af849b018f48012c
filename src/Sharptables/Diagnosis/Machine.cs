using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Diagnosis;

/// <summary>What a firewall needs of a machine, and whether this one has it. Examining changes nothing.</summary>
internal sealed class Machine
{
    private Machine(List<Observation> observations, IReadOnlyList<KernelExtension> extensions)
    {
        Observations = observations;
        Extensions = extensions;
        foreach (Observation observation in observations)
        {
            Worst = observation.Severity > Worst ? observation.Severity : Worst;
        }
    }

    /// <summary>The observations, by topic.</summary>
    public IReadOnlyList<Observation> Observations { get; }

    /// <summary>The matches and targets registered in its kernel.</summary>
    public IReadOnlyList<KernelExtension> Extensions { get; }

    /// <summary>The worst severity among the observations.</summary>
    public Severity Worst { get; }

    /// <summary>Examines this machine: kernel, rules in force and what they need, other firewalls, files of rules, settings, lock.</summary>
    /// <param name="inUse">The interface that its programs use.</param>
    public static Machine Examine(KernelInterface inUse)
    {
        if (!ThisProcess.SeesProc)
        {
            return new Machine([new(Severity.Broken, "kernel", "nothing can be told: /proc is not mounted", Remedy: "mount -t proc proc /proc")], []);
        }

        KernelBuild build = new();
        KernelCheck kernel = new(build, inUse);
        RulesCheck rules = new(build, inUse);
        List<Observation> found = [.. kernel.Examine(), .. rules.Examine()];
        found.AddRange(new NeedsCheck(rules.InForce).Examine());
        found.AddRange(new OthersCheck(rules.InForce, rules.OtherChains).Examine());
        found.AddRange(new SavedRulesCheck(rules.InForce).Examine());
        found.AddRange(SettingsCheck.Examine());
        found.AddRange(LockCheck.Examine());
        return new Machine(found, kernel.Known);
    }
}
