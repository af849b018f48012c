namespace Sharptables.Diagnosis;

/// <summary>What an observation means for someone who sets up a firewall.</summary>
internal enum Severity
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Something to fix: rules may not do what they seem to.</summary>
    Warning,

    /// <summary>A firewall cannot be set up at all.</summary>
    Broken,
}
