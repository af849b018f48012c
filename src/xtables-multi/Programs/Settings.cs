using System;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>
/// The administrator's settings: <c>/etc/sharptables.conf</c>, lines of <c>key = value</c>, overridden by the environment. They are read
/// only when needed, which is after an error, and decide only what is printed, so that nobody gains anything by setting them.
/// </summary>
/// <param name="hints">When to print hints.</param>
/// <param name="complaint">What is wrong with the settings themselves, or null.</param>
internal sealed class Settings(HintMode hints, string? complaint)
{
    public const string File = "/etc/sharptables.conf";

    /// <summary>The environment variable that overrides the file.</summary>
    public const string HintsVariable = "SHARPTABLES_HINTS";

    private const int MostBytes = 64 * 1024;

    private static Settings? s_current;

    /// <summary>The settings of this process, read on first use.</summary>
    public static Settings Current => s_current ??= Of(
        EnvironmentVariable.Read("SHARPTABLES_HINTS"u8), static () => FileReader.TryReadSmall("/etc/sharptables.conf"u8, MostBytes));

    public HintMode Hints => hints;

    /// <summary>What is wrong with the settings themselves, or null. A wrong setting is ignored.</summary>
    public string? Complaint => complaint;

    /// <summary>The settings from the value of the variable, and from a file that is read only if the variable does not decide.</summary>
    internal static Settings Of(ReadOnlySpan<byte> variable, Func<byte[]?> file)
    {
        if (TryRead(variable, out HintMode mode))
        {
            return new Settings(mode, null);
        }

        string? complaint = variable.IsEmpty ? null : $"{HintsVariable} is always, auto or never, not \"{MessageText.Of(variable)}\".";
        return Read(file(), complaint);
    }

    private static Settings Read(ReadOnlySpan<byte> rest, string? complaint)
    {
        HintMode hints = HintMode.Auto;
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
            if (equals < 0 || !Ascii.Equals(line[..equals].TrimEnd(" \t"u8), "hints"))
            {
                complaint ??= $"{File}, line {number}: a line is \"hints = always\", auto or never.";
            }
            else if (!TryRead(line[(equals + 1)..].TrimStart(" \t"u8), out hints))
            {
                complaint ??= $"{File}, line {number}: hints is always, auto or never.";
            }
        }

        return new Settings(hints, complaint);
    }

    private static bool TryRead(ReadOnlySpan<byte> word, out HintMode mode)
    {
        mode = Ascii.Equals(word, "always") ? HintMode.Always : Ascii.Equals(word, "never") ? HintMode.Never : HintMode.Auto;
        return mode != HintMode.Auto || Ascii.Equals(word, "auto");
    }
}
