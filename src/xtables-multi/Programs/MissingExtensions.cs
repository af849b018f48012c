using Sharptables.Backends;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Extensions.Plugins;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>
/// Reports the matches and targets in a command that the kernel does not have. The C program asks the kernel about each at once; here it is
/// asked only after a failure, before the error is printed: what succeeded was known.
/// </summary>
internal static class MissingExtensions
{
    public static void Warn(KernelInterface used, ExtensionSet extensions, ErrorReport errors)
    {
        if (extensions.Family.XTables is null)
        {
            return; // as the C programs of these families
        }

        try
        {
            using ITables tables = KernelTables.Open(used, extensions);
            foreach (Extension extension in extensions.Built)
            {
                if (extension is not PluginExtension && !tables.Has(extension)) // libxtables asks for itself
                {
                    OlderLayout? oldest = extension.OlderLayouts.Length == 0 ? null : extension.OlderLayouts[^1];
                    string name = oldest?.KernelNameFor(extension) ?? extension.KernelName;
                    byte revision = oldest?.Revision ?? extension.Revision;
                    errors.Line($"Warning: Extension {name} revision {revision} not supported, missing kernel module?");
                }
            }
        }
        catch (KernelException)
        {
            // No socket, no answer: without the right to change tables, the error itself says so.
        }
    }
}
