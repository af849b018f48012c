using Sharptables.Extensions.Catalogue;
using Sharptables.Extensions.Plugins;
using Sharptables.Kernel;

namespace Sharptables.Programs;

/// <summary>The only place that knows which of the two programs this is: the static one, or the one that hosts plugins.</summary>
internal static class ProgramPlugins
{
    /// <summary>The plugins of a program; null in a family for which there are none.</summary>
    /// <param name="invocation">How it was called.</param>
    /// <param name="program">Its name in messages.</param>
    public static IPlugins? Of(Invocation invocation, string program)
    {
        if (invocation.Family.XTables is null)
        {
            return null;
        }

        PluginFolders folders = new(invocation.Family, static name => !ExtensionList.Has(name));
        return OwnVersion.HostsPlugins ? Host(invocation, folders, program) : new PluginTurn(invocation, folders);
    }

    private static HostedPlugins Host(Invocation invocation, PluginFolders folders, string program)
    {
        EnvironmentVariable.Remove(PluginTurn.Mark); // a plugin may call iptables
        return new HostedPlugins(invocation.Family, folders, program, invocation.Version);
    }
}
