using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Net;
using Sharptables.Testing;

namespace Sharptables.SystemTests.Packets;

/// <summary>
/// The far end of one of the router's cables: a raw packet socket (packet(7)) that puts whole Ethernet frames on the
/// wire and receives all that the router sends. No IP stack answers there, so every packet on the wire is one of the test's
/// or one of the router's.
/// </summary>
internal sealed class Cable : IDisposable
{
    private const int PacketLevel = 263; // SOL_PACKET, linux/socket.h
    private const int IgnoreOutgoing = 23; // PACKET_IGNORE_OUTGOING, linux/if_packet.h
    private const int AllProtocols = 0x0300; // ETH_P_ALL in network byte order, linux/if_ether.h

    private readonly Socket _socket;
    private readonly List<string> _heard = [];

    /// <summary>Must be made inside the namespace that has the interface.</summary>
    public Cable(int interfaceIndex)
    {
        _socket = new Socket(AddressFamily.Packet, SocketType.Raw, (ProtocolType)AllProtocols);
        _socket.Bind(new LinkEndPoint(interfaceIndex));
        _socket.SetRawSocketOption(PacketLevel, IgnoreOutgoing, [1, 0, 0, 0]);
    }

    public void Send(byte[] frame) => _socket.Send(frame);

    /// <summary>What came out of the router so far, as <see cref="FrameText"/> tells it, IP packets only.</summary>
    public IReadOnlyList<string> Heard()
    {
        byte[] buffer = new byte[65536];
        while (_socket.Poll(0, SelectMode.SelectRead))
        {
            int length = _socket.Receive(buffer);
            if (FrameText.Describe(buffer.AsSpan(0, length)) is { } text)
            {
                _heard.Add(text);
            }
        }

        return _heard;
    }

    /// <summary>Waits for a packet that has the words, as <see cref="FrameText.Fits"/> says; false if none came in time.</summary>
    public bool Hears(string words, TimeSpan patience) => Find(words, patience) is not null;

    /// <summary>The first packet that has the words, waited for; null if none came in time.</summary>
    public string? Find(string words, TimeSpan patience)
    {
        long begin = Stopwatch.GetTimestamp();
        do
        {
            foreach (string line in Heard())
            {
                if (FrameText.Fits(line, words))
                {
                    return line;
                }
            }

            _socket.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead);
        }
        while (Stopwatch.GetElapsedTime(begin) < patience);
        return null;
    }

    /// <summary>Discards what has been received so far.</summary>
    public void Forget()
    {
        Heard();
        _heard.Clear();
    }

    public void Dispose() => _socket.Dispose();

    /// <summary><c>struct sockaddr_ll</c>, linux/if_packet.h: only the protocol and the interface matter to bind.</summary>
    private sealed class LinkEndPoint(int interfaceIndex) : EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            SocketAddress address = new(AddressFamily.Packet, 20);
            Span<byte> fields = address.Buffer.Span;
            BinaryPrimitives.WriteUInt16LittleEndian(fields[2..], AllProtocols);
            BinaryPrimitives.WriteInt32LittleEndian(fields[4..], interfaceIndex);
            return address;
        }
    }
}
