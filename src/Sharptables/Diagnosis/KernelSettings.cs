using System.Text;
using Sharptables.Kernel;

namespace Sharptables.Diagnosis;

/// <summary>The settings of the running kernel (sysctl).</summary>
internal static class KernelSettings
{
    /// <summary>The value of a setting, without blanks around it; null if the kernel does not have it.</summary>
    /// <param name="name">Its name, as sysctl(8) has it.</param>
    public static string? Read(string name) =>
        FileReader.TryReadAll($"/proc/sys/{name.Replace('.', '/')}") is { } value ? Encoding.ASCII.GetString(value).Trim() : null;
}
