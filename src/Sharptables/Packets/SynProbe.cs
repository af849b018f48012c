using System;
using System.Diagnostics;
using Sharptables.Kernel;

namespace Sharptables.Packets;

/// <summary>Learns what a server's TCP offers, by a SYN that is never followed by a connection.</summary>
internal static class SynProbe
{
    private const int RepeatAfter = 1000; // milliseconds: the initial timeout of RFC 6298

    /// <summary>Sends a SYN that offers every option, once a second, until it is answered.</summary>
    /// <remarks>
    /// The kernel does not know of this connection and answers each SYN,ACK with RST, so nothing stays in the server's queue of half-open
    /// connections.
    /// </remarks>
    /// <param name="socket">A socket to the server.</param>
    /// <param name="server">The address, 4 or 16 bytes.</param>
    /// <param name="port">The port.</param>
    /// <param name="seconds">The time limit.</param>
    /// <param name="offer">What the SYN,ACK offers.</param>
    /// <exception cref="KernelException">The SYN cannot be sent.</exception>
    public static SynAnswer Ask(RawTcpSocket socket, ReadOnlySpan<byte> server, ushort port, int seconds, out TcpOffer offer)
    {
        uint sequence = (uint)Random.Shared.NextInt64();
        ushort segmentSize = (ushort)(1500 - TcpSegment.HeaderSize - InternetFamily.Of(server).HeaderSize); // as fits into an Ethernet frame
        byte[] syn = TcpSegment.WriteSyn(
            socket.Source, server, socket.Port, port, sequence, TcpOffer.WriteAll(segmentSize, (uint)Environment.TickCount));
        for (int i = 0; i < seconds; i++)
        {
            socket.Send(syn);
            long sent = Stopwatch.GetTimestamp();
            while (socket.TryReceive(RepeatAfter - (int)Stopwatch.GetElapsedTime(sent).TotalMilliseconds, out ReadOnlySpan<byte> bytes))
            {
                if (bytes.Length < TcpSegment.HeaderSize)
                {
                    continue;
                }

                TcpSegment answer = new(bytes);
                bool isOurs = answer.SourcePort == port && answer.DestinationPort == socket.Port
                    && (answer.Flags & TcpSegment.Ack) != 0 && answer.Acknowledgement == sequence + 1;
                if (isOurs && (answer.Flags & (TcpSegment.Reset | TcpSegment.Syn)) != 0)
                {
                    offer = TcpOffer.Read(answer.Options);
                    return (answer.Flags & TcpSegment.Reset) != 0 ? SynAnswer.Refused : SynAnswer.Accepted;
                }
            }
        }

        offer = default;
        return SynAnswer.None;
    }
}
