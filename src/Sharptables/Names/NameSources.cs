using System;

namespace Sharptables.Names;

/// <summary>The sources of a name database.</summary>
[Flags]
internal enum NameSources
{
    None = 0,

    /// <summary>Its file in /etc.</summary>
    File = 1,

    /// <summary>The file is asked before any other source.</summary>
    FileFirst = 2,

    /// <summary>Sources that only the system's C library can ask.</summary>
    Others = 4,

    /// <summary>Of those, DNS only.</summary>
    OnlyDns = 8,
}
