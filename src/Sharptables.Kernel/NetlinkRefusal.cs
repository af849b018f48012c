namespace Sharptables.Kernel;

/// <summary>What the kernel says of a message that it refuses.</summary>
/// <param name="Sequence">The sequence number of the message.</param>
/// <param name="Errno">The error number, positive.</param>
/// <param name="Reason">The reason in the kernel's words, which it gives for some (<c>NLMSGERR_ATTR_MSG</c>), or null.</param>
internal readonly record struct NetlinkRefusal(uint Sequence, int Errno, string? Reason);
