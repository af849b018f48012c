using System;

namespace Sharptables.Names;

/// <summary>Where the names of a database are.</summary>
[Flags]
internal enum NameSources
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>In its file in /etc.</summary>
    File = 1,

    /// <summary>There before anywhere else.</summary>
    FileFirst = 2,

    /// <summary>Where only the system's own library looks.</summary>
    Others = 4,

    /// <summary>Those others are DNS alone.</summary>
    OnlyDns = 8,
}
