using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary><c>struct pollfd</c>, asm-generic/poll.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollFd
{
    public int Descriptor;
    public short Events;
    public short Returned;
}
