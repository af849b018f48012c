using System;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>
/// What whoever keeps the machine has settled: <c>/etc/sharptables.conf</c>, lines of <c>key = value</c>, and before it the
/// environment. It is read only when something depends on it, which is after an error; it decides what is printed, and nothing else,
/// so that nobody gains by setting it.
/// </summary>
/// <param name="hints">When hints are printed.</param>
/// <param name="complaint">What is wrong with the settings themselves; null for nothing.</param>
internal sealed class Settings(HintMode hints, string? complaint)
{
    /// <summary>The file.</summary>
    public const string File = "/etc/sharptables.conf";

    /// <summary>The variable that decides before the file does.</summary>
    public const string HintsVariable = "SHARPTABLES_HINTS";

    private const int MostBytes = 64 * 1024;

    private static Settings? s_current;

    /// <summary>Those of this process, read when they are first asked for.</summary>
    public static Settings Current => s_current ??= Of(
        EnvironmentVariable.Read("SHARPTABLES_HINTS"u8), static () => FileReader.TryReadSmall("/etc/sharptables.conf"u8, MostBytes));

    /// <summary>When hints are printed.</summary>
    public HintMode Hints => hints;

    /// <summary>What is wrong with the settings themselves; null for nothing. What is wrong counts as not said.</summary>
    public string? Complaint => complaint;

    /// <summary>The settings by a value of the variable, and a file, which is read only when the variable does not decide.</summary>
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
