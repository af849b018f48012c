namespace Sharptables.Programs;

/// <summary>Which way a packet goes, as it is said.</summary>
internal enum PacketWay
{
    /// <summary>The routes decide.</summary>
    Asked,

    /// <summary>This machine makes it.</summary>
    FromHere,

    /// <summary>It is for this machine.</summary>
    ToHere,

    /// <summary>It is forwarded.</summary>
    Through,
}
