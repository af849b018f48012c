namespace Sharptables.Explain;

/// <summary>The ways that a packet can take.</summary>
internal enum RouteWay
{
    /// <summary>That is not known.</summary>
    Unknown,

    /// <summary>To a program of this machine.</summary>
    Local,

    /// <summary>Out of the machine.</summary>
    Out,

    /// <summary>Nowhere: the kernel has no route, or does not forward.</summary>
    Nowhere,
}
