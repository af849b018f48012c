using System;

namespace Sharptables.Extensions.Plugins;

/// <summary>Where matches and targets of others come from.</summary>
internal interface IPlugins
{
    /// <summary>Why those that have been asked for are not there although their files are, for a hint; null if none were.</summary>
    string? Lacking { get; }

    /// <summary>Whether there are any. This reads folders.</summary>
    bool AreThere { get; }

    /// <summary>The match or target of that name, which is none of ours; null if there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isTarget">Which of the two it is.</param>
    /// <param name="revision">The revision; null for the newest that the kernel has.</param>
    Extension? Find(ReadOnlySpan<byte> name, bool isTarget, byte? revision = null);

    /// <summary>Called before anything is done, by what cannot begin again once it meets a plugin.</summary>
    void Expect();
}
