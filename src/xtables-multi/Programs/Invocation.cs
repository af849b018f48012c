using System;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>How a program was called.</summary>
/// <param name="CalledAs">The word that it was called by, with any path.</param>
/// <param name="Words">The words after it.</param>
/// <param name="Family">The family that its name stands for.</param>
/// <param name="NamedInterface">The interface that its name stands for; null if that leaves it open.</param>
internal readonly record struct Invocation(byte[] CalledAs, ReadOnlyMemory<byte[]> Words, Family Family, KernelInterface? NamedInterface = null)
{
    /// <summary>The version of iptables that this behaves like, for programs that do not differ between the kernel's interfaces.</summary>
    public const string BareVersion = "v1.8.10";

    private static KernelInterface? s_chosen;

    /// <summary>The interface that it uses.</summary>
    public KernelInterface Interface => NamedInterface ?? (s_chosen ??= InterfaceChoice.Make().Interface);

    /// <summary>The version of iptables that it behaves like; other programs parse it.</summary>
    public string Version => VersionFor(Interface);

    /// <summary>The name in messages of the program that edits.</summary>
    public string CommandName => NameFor(Family);

    /// <summary>The name in messages of a program that saves or restores: over nf_tables it says how it was called.</summary>
    /// <param name="suffix">What its plain name has more than <see cref="CommandName"/>.</param>
    public string NameWith(string suffix) => Interface == KernelInterface.Nft ? BaseName(CalledAs) : CommandName + suffix;

    /// <summary>The name of the program that edits a family's tables.</summary>
    public static string NameFor(Family family) => family.Program;

    /// <summary>The version of iptables that programs behave like when they use an interface.</summary>
    public static string VersionFor(KernelInterface used) => used == KernelInterface.Nft ? BareVersion + " (nf_tables)" : BareVersion + " (legacy)";

    /// <summary>A line with the version of Sharptables, for a program that shows it.</summary>
    public static string OwnVersionOf(string program) => $"{program} {OwnVersion.Text} (behaves as iptables {BareVersion})\n";

    /// <summary>The last part of the path that a program is called by.</summary>
    public static string BaseName(ReadOnlySpan<byte> path)
    {
        path = path.TrimEnd((byte)'/');
        return MessageText.Of(path[(path.LastIndexOf((byte)'/') + 1)..]);
    }
}
