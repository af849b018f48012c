namespace Sharptables;

/// <summary>Which way a packet takes through a machine.</summary>
public enum PacketRoute
{
    /// <summary>That is not known: it came in, and is for the machine or forwarded.</summary>
    Unknown,

    /// <summary>It came in, and is for the machine.</summary>
    Input,

    /// <summary>It came in, and is forwarded.</summary>
    Forward,

    /// <summary>The machine made it.</summary>
    Output,
}
