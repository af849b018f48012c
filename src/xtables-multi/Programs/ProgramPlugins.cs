using Sharptables.Extensions.Catalogue;
using Sharptables.Extensions.Plugins;

namespace Sharptables.Programs;

/// <summary>The only place that knows which of the two programs this is: the static one, or the one that hosts plugins.</summary>
internal static class ProgramPlugins
{
    /// <summary>The plugins of a program.</summary>
    /// <param name="invocation">How it was called.</param>
    /// <param name="program">Its name in messages.</param>
    public static IPlugins Of(Invocation invocation, string program)
    {
        PluginFolders folders = new(invocation.Family, static name => !ExtensionList.Has(name));
        return OwnVersion.HostsPlugins ? new HostedPlugins(invocation.Family, folders, program, invocation.Version)
            : new PluginTurn(invocation, folders);
    }
}
