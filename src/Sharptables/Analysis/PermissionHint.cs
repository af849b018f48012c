using Sharptables.Kernel;

namespace Sharptables.Analysis;

/// <summary>Explains which right a process lacks: root in a container has only some of root's.</summary>
internal static class PermissionHint
{
    /// <summary>The hint for an error; null when it is not about permission.</summary>
    public static string? For(KernelException cause)
    {
        if (cause.Errno != Errno.EPERM)
        {
            return null;
        }

        return (ThisProcess.IsRoot, ThisProcess.Has(ThisProcess.NetAdmin), ThisProcess.Has(ThisProcess.NetRaw)) switch
        {
            (false, false, _) => "Only root may do this; try sudo.",
            (_, false, true) => "This process lacks the capability CAP_NET_ADMIN; a container is given it by --cap-add=NET_ADMIN.",
            (_, true, false) => "This process lacks the capability CAP_NET_RAW; a container is given it by --cap-add=NET_RAW.",
            (_, false, false) => "This process lacks the capabilities CAP_NET_ADMIN and CAP_NET_RAW; a container is given them by "
                + "--cap-add=NET_ADMIN --cap-add=NET_RAW.",
            _ => "This process has the capabilities it takes, but the network namespace belongs to another user namespace.",
        };
    }
}
