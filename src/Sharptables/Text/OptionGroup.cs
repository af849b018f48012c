namespace Sharptables.Text;

/// <summary>The heading under which help and manual pages list an option.</summary>
internal enum OptionGroup
{
    /// <summary>How a program works.</summary>
    Other,

    /// <summary>What a program does; a line has one of these.</summary>
    Command,

    /// <summary>The parts of a rule, apart from extensions.</summary>
    Rule,
}
