using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Generic;
using Sharptables.Kernel;

namespace Sharptables.Names;

/// <summary>
/// Asks the first name server of resolv.conf(5) for the names of many addresses, with many queries in flight over one socket
/// (RFC 1035). A shortcut for when the system would only ask DNS: whatever is not a plain answer is left to the system.
/// </summary>
internal sealed class ReverseDns
{
    private const ushort Port = 53;
    private const int HeadLength = 12;
    private const int AnswerLength = 512; // longer answers come over TCP
    private const int MostUnderWay = 64;
    private const int Patience = 1000; // milliseconds without any answer
    private const int NxDomain = 3;
    private const byte Pointer = 0xc0;
    private const byte PointerToQuestion = HeadLength;

    private static readonly SearchValues<byte> s_letters =
        SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);

    private readonly Dictionary<ushort, UInt128> _underWay = [];

    private static ReadOnlySpan<byte> PointerRecord => [0, 12, 0, 1]; // PTR, IN

    /// <summary>Looks up the names of addresses.</summary>
    /// <param name="wanted">The addresses (<see cref="Hosts.KeyOf"/>).</param>
    /// <param name="names">Receives the names; an empty one: the address has none. An address not in it may still have one.</param>
    public static void Ask(IEnumerable<UInt128> wanted, Dictionary<UInt128, byte[]> names)
    {
        if (FindServer(SystemFile.Read("/etc/resolv.conf"u8)) is not { } server)
        {
            return;
        }

        try
        {
            using UdpSocket socket = new(server, Port);
            new ReverseDns().Ask(socket, wanted, names);
        }
        catch (KernelException)
        {
            // No network, or no such server: the system knows what to try next.
        }
    }

    /// <summary>The address of the first name server; null when more than a server is configured.</summary>
    internal static byte[]? FindServer(ReadOnlySpan<byte> configuration)
    {
        byte[]? server = null;
        Span<byte> address = stackalloc byte[16];
        NameLines lines = new(configuration);
        while (lines.NextLine())
        {
            ReadOnlySpan<byte> key = configuration[lines.NextField()];
            ReadOnlySpan<byte> value = configuration[lines.NextField()];
            if (key.SequenceEqual("options"u8))
            {
                for (; !value.IsEmpty; value = configuration[lines.NextField()])
                {
                    if (value.SequenceEqual("use-vc"u8))
                    {
                        return null;
                    }
                }
            }
            else if (server is null && key.SequenceEqual("nameserver"u8))
            {
                if (AddressText.TryParseIPv4(value, address[..4]))
                {
                    server = address[..4].ToArray();
                }
                else if (!value.Contains((byte)'%') && AddressText.TryParseIPv6(value, address))
                {
                    server = address.ToArray();
                }
                else
                {
                    return null;
                }
            }
        }

        return server ?? [127, 0, 0, 1];
    }

    /// <summary>Writes a query and returns its length.</summary>
    internal static int WriteQuestion(Span<byte> message, ushort id, UInt128 key)
    {
        Span<byte> address = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(address, key);
        int size = Hosts.IsIPv4(key) ? 4 : 16;
        address = address[^size..];
        message[..HeadLength].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        message[2] = 1; // recursion desired
        message[5] = 1; // one question
        int at = HeadLength;
        for (int i = size - 1; i >= 0; i--)
        {
            if (size == 4)
            {
                Utf8Formatter.TryFormat(address[i], message[(at + 1)..], out int digits);
                message[at] = (byte)digits;
                at += 1 + digits;
            }
            else
            {
                ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
                (message[at], message[at + 1], message[at + 2], message[at + 3]) = (1, digits[address[i] & 15], 1, digits[address[i] >> 4]);
                at += 4;
            }
        }

        ReadOnlySpan<byte> end = size == 4 ? "\u0007in-addr\u0004arpa\0"u8 : "\u0003ip6\u0004arpa\0"u8;
        end.CopyTo(message[at..]);
        PointerRecord.CopyTo(message[(at + end.Length)..]);
        return at + end.Length + PointerRecord.Length;
    }

    /// <summary>Reads the answer to a query.</summary>
    /// <returns>The name; empty when there is none; null when it is not a plain answer to that query.</returns>
    internal static byte[]? ReadAnswer(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> question)
    {
        if (answer.Length < question.Length || !answer[HeadLength..question.Length].SequenceEqual(question[HeadLength..])
            || (answer[2] & 0xfa) != 0x80 // a response to a query, not truncated
            || BinaryPrimitives.ReadUInt16BigEndian(answer[4..]) != 1)
        {
            return null;
        }

        int status = answer[3] & 15;
        int records = BinaryPrimitives.ReadUInt16BigEndian(answer[6..]);
        if (records == 0)
        {
            return status is 0 or NxDomain ? [] : null;
        }

        ReadOnlySpan<byte> record = answer[question.Length..];
        bool isName = status == 0 && record.Length > 12 && record[0] == Pointer && record[1] == PointerToQuestion
            && record[2..6].SequenceEqual(PointerRecord);
        return isName ? ReadName(answer, question.Length + 12) : null;
    }

    /// <summary>Reads a name, whose labels may be pointers to other names.</summary>
    private static byte[]? ReadName(ReadOnlySpan<byte> answer, int at)
    {
        List<byte> name = [];
        for (int labels = 0; labels < 128 && at < answer.Length; labels++)
        {
            int length = answer[at];
            if (length == 0)
            {
                return name.Count is > 0 and < 255 ? [.. name] : null;
            }

            if (length >= Pointer)
            {
                if (at + 1 >= answer.Length)
                {
                    return null;
                }

                at = ((length & ~Pointer) << 8) | answer[at + 1];
                continue;
            }

            if (length > 63 || at + 1 + length > answer.Length)
            {
                return null;
            }

            ReadOnlySpan<byte> label = answer.Slice(at + 1, length);
            if (label.ContainsAnyExcept(s_letters) || label[0] == '-')
            {
                return null; // whether that is a valid host name is for the system to decide
            }

            if (name.Count > 0)
            {
                name.Add((byte)'.');
            }

            name.AddRange(label);
            at += 1 + length;
        }

        return null;
    }

    private void Ask(UdpSocket socket, IEnumerable<UInt128> wanted, Dictionary<UInt128, byte[]> names)
    {
        using IEnumerator<UInt128> next = wanted.GetEnumerator();
        Span<byte> question = stackalloc byte[HeadLength + 80];
        Span<byte> answer = stackalloc byte[AnswerLength];
        bool isMore = next.MoveNext();
        long until = Environment.TickCount64 + Patience;
        while (isMore || _underWay.Count > 0)
        {
            for (; isMore && _underWay.Count < MostUnderWay; isMore = next.MoveNext())
            {
                ushort id;
                do
                {
                    id = (ushort)Random.Shared.Next();
                }
                while (!_underWay.TryAdd(id, next.Current));
                socket.Send(question[..WriteQuestion(question, id, next.Current)]);
            }

            int length = socket.Receive(answer, until);
            if (length < 0)
            {
                return;
            }

            ushort answered = length < HeadLength ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(answer);
            if (length >= HeadLength && _underWay.TryGetValue(answered, out UInt128 key))
            {
                int asked = WriteQuestion(question, answered, key);
                if (length >= asked && answer[HeadLength..asked].SequenceEqual(question[HeadLength..asked]))
                {
                    _underWay.Remove(answered);
                    until = Environment.TickCount64 + Patience;
                    if (ReadAnswer(answer[..length], question[..asked]) is { } name)
                    {
                        names[key] = name;
                    }
                }
            }
        }
    }
}
