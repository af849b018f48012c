using System;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>
/// The administrator's settings: <c>/etc/sharptables.conf</c>, lines of <c>key = value</c>, overridden by the environment. They are read
/// only when needed: after an error, and by programs whose names leave the interface open. Nobody gains a right by setting them.
/// </summary>
/// <param name="hints">When to print hints.</param>
/// <param name="used">The interface of the kernel to use; null: it is to be chosen.</param>
/// <param name="complaint">What is wrong with the settings themselves, or null.</param>
internal sealed class Settings(HintMode hints, KernelInterface? used, string? complaint)
{
    public const string File = "/etc/sharptables.conf";

    /// <summary>The environment variable that overrides the file's <c>hints</c>.</summary>
    public const string HintsVariable = "SHARPTABLES_HINTS";

    /// <summary>The environment variable that overrides the file's <c>interface</c>.</summary>
    public const string InterfaceVariable = "SHARPTABLES_INTERFACE";

    private const string HintsWords = "always, auto or never";
    private const string InterfaceWords = "legacy, nft or auto";
    private const int MostBytes = 64 * 1024;

    private static Settings? s_current;

    /// <summary>The settings of this process, read on first use.</summary>
    public static Settings Current => s_current ??= Of(
        EnvironmentVariable.Read("SHARPTABLES_HINTS"u8), EnvironmentVariable.Read("SHARPTABLES_INTERFACE"u8),
        static () => FileReader.TryReadSmall("/etc/sharptables.conf"u8, MostBytes));

    /// <summary>The interface that somebody has set; null: it is to be chosen. The file is read only if the environment does not say.</summary>
    public static KernelInterface? InterfaceSet =>
        TryRead(EnvironmentVariable.Read("SHARPTABLES_INTERFACE"u8), out KernelInterface? used) ? used : Current.Interface;

    public HintMode Hints => hints;

    /// <summary>The interface of the kernel to use; null: it is to be chosen.</summary>
    private KernelInterface? Interface => used;

    /// <summary>What is wrong with the settings themselves, or null. A wrong setting is ignored.</summary>
    public string? Complaint => complaint;

    /// <summary>The settings from the values of the variables, and from a file that is read only if they do not decide all.</summary>
    internal static Settings Of(ReadOnlySpan<byte> hintsVariable, ReadOnlySpan<byte> interfaceVariable, Func<byte[]?> file)
    {
        bool hasHints = TryRead(hintsVariable, out HintMode hints);
        bool hasInterface = TryRead(interfaceVariable, out KernelInterface? used);
        string? complaint = !hasHints && !hintsVariable.IsEmpty ? $"{HintsVariable} is {HintsWords}, not \"{MessageText.Of(hintsVariable)}\"."
            : !hasInterface && !interfaceVariable.IsEmpty ? $"{InterfaceVariable} is {InterfaceWords}, not \"{MessageText.Of(interfaceVariable)}\"."
            : null;
        if (hasHints && hasInterface)
        {
            return new Settings(hints, used, null);
        }

        Settings read = Read(file(), complaint);
        return new Settings(hasHints ? hints : read.Hints, hasInterface ? used : read.Interface, read.Complaint);
    }

    private static Settings Read(ReadOnlySpan<byte> rest, string? complaint)
    {
        HintMode hints = HintMode.Auto;
        KernelInterface? used = null;
        for (int number = 1; !rest.IsEmpty; number++)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? rest : rest[..end]).Trim(" \t\r"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            int equals = line.IndexOf((byte)'=');
            ReadOnlySpan<byte> key = line[..Math.Max(equals, 0)].TrimEnd(" \t"u8);
            ReadOnlySpan<byte> value = line[(equals + 1)..].TrimStart(" \t"u8);
            string? wrong = Ascii.Equals(key, "hints") ? (TryRead(value, out hints) ? null : $"hints is {HintsWords}")
                : Ascii.Equals(key, "interface") ? (TryRead(value, out used) ? null : $"interface is {InterfaceWords}")
                : $"a line is \"hints = {HintsWords}\" or \"interface = {InterfaceWords}\"";
            complaint ??= wrong is null ? null : $"{File}, line {number}: {wrong}.";
        }

        return new Settings(hints, used, complaint);
    }

    private static bool TryRead(ReadOnlySpan<byte> word, out HintMode mode)
    {
        mode = Ascii.Equals(word, "always") ? HintMode.Always : Ascii.Equals(word, "never") ? HintMode.Never : HintMode.Auto;
        return mode != HintMode.Auto || Ascii.Equals(word, "auto");
    }

    private static bool TryRead(ReadOnlySpan<byte> word, out KernelInterface? used)
    {
        used = Ascii.Equals(word, "legacy") ? KernelInterface.Legacy : Ascii.Equals(word, "nft") ? KernelInterface.Nft : null;
        return used is not null || Ascii.Equals(word, "auto");
    }
}
