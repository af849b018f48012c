namespace Sharptables.Programs;

/// <summary>When to print what goes beyond the original's lines.</summary>
internal enum HintMode
{
    /// <summary>For an answer only on a terminal; for any other error always.</summary>
    Auto,

    /// <summary>For every error, even if a program is reading.</summary>
    Always,

    Never,
}
