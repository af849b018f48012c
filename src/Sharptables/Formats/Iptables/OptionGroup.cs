namespace Sharptables.Formats.Iptables;

/// <summary>Under which heading help and manual pages tell of an option.</summary>
internal enum OptionGroup
{
    /// <summary>How a program goes about what it does.</summary>
    Other,

    /// <summary>What it does; a line has one of these.</summary>
    Command,

    /// <summary>What a rule consists of, apart from extensions.</summary>
    Rule,
}
