using System;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>How a program was called.</summary>
/// <param name="CalledAs">The word that it was called by, with any path.</param>
/// <param name="Words">The words after it.</param>
/// <param name="Family">The family that its name stands for.</param>
internal readonly record struct Invocation(byte[] CalledAs, ReadOnlyMemory<byte[]> Words, Family Family)
{
    /// <summary>The version of iptables that this behaves like, for programs that do not differ between the kernel's interfaces.</summary>
    public const string BareVersion = "v1.8.10";

    /// <summary>The version of iptables that this behaves like; other programs parse it.</summary>
    public const string Version = BareVersion + " (legacy)";

    /// <summary>The name in messages of the program that edits.</summary>
    public string CommandName => NameFor(Family);

    /// <summary>The name of the program that edits a family's tables.</summary>
    public static string NameFor(Family family) => family.Program;
}
