namespace Sharptables.Programs;

/// <summary>When what goes beyond the original's lines is printed below an error.</summary>
internal enum HintMode
{
    /// <summary>Below an answer only on a terminal; below any other error always.</summary>
    Auto,

    /// <summary>Below every error, and also where a program reads.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
