namespace Sharptables.Formats.Iptables;

/// <summary>What follows an option of the command line.</summary>
internal enum BaseOptionWords
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A word, whatever it looks like.</summary>
    One,

    /// <summary>A word glued to it, or the next one when that is no option.</summary>
    Optional,
}
