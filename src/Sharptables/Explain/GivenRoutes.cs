using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>The way that was said: the same for every packet.</summary>
/// <param name="answer">The way.</param>
internal sealed class GivenRoutes(RouteAnswer answer) : IRoutes
{
    /// <inheritdoc/>
    public RouteAnswer Find(Packet packet, bool isLocal) => answer;
}
