using System;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>How a program was called.</summary>
/// <param name="CalledAs">The word it was called by, with its path.</param>
/// <param name="Words">The words after it.</param>
/// <param name="Family">The family that its name stands for.</param>
internal readonly record struct Invocation(byte[] CalledAs, ReadOnlyMemory<byte[]> Words, Family Family)
{
    /// <summary>The version of iptables whose behaviour this is, for programs that are no different with nft.</summary>
    public const string BareVersion = "v1.8.10";

    /// <summary>The version of iptables whose behaviour this is; other programs read it.</summary>
    public const string Version = BareVersion + " (legacy)";

    /// <summary>What the command that edits is called in messages.</summary>
    public string CommandName => NameFor(Family);

    /// <summary>What the command that edits is called for a family.</summary>
    public static string NameFor(Family family) => family.Program;
}
