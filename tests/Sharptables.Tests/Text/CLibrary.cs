using System.Runtime.InteropServices;
using System.Text;

namespace Sharptables.Tests.Text;

/// <summary>The C library, as the reference for what must be read and written as by it.</summary>
internal static unsafe class CLibrary
{
    private const int AF_INET = 2;
    private const int AF_INET6 = 10;
    private const int ERANGE = 34;

    /// <summary>An address as inet_ntop(3) writes it.</summary>
    public static string Format(ReadOnlySpan<byte> address)
    {
        Span<byte> text = stackalloc byte[64];
        fixed (byte* from = address, to = text)
        {
            // SAFETY: the address has the bytes of its family, and `to` has room for any (INET6_ADDRSTRLEN is 46).
            inet_ntop(address.Length == 4 ? AF_INET : AF_INET6, from, to, (uint)text.Length);
        }

        return Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)]);
    }

    /// <summary>Whether inet_pton(3) takes a text as an IPv6 address, and as which.</summary>
    public static bool TryParseIPv6(string text, Span<byte> address)
    {
        byte[] bytes = [.. Encoding.Latin1.GetBytes(text), 0];
        fixed (byte* from = bytes, to = address)
        {
            // SAFETY: the text is ended by a zero, and the address has 16 bytes.
            return inet_pton(AF_INET6, from, to) == 1;
        }
    }

    /// <summary>What strtoull(3) reads at the start of a text: whether it is a number, its length, and whether it fits.</summary>
    public static (ulong Value, int Length, bool Fits) ReadNumber(string text, int radix)
    {
        byte[] bytes = [.. Encoding.Latin1.GetBytes(text), 0];
        fixed (byte* from = bytes)
        {
            byte* end;
            Marshal.SetLastSystemError(0);

            // SAFETY: the text is ended by a zero.
            ulong value = strtoull(from, &end, radix);
            return (value, (int)(end - from), Marshal.GetLastPInvokeError() != ERANGE);
        }
    }

    [DllImport("libc")]
    private static extern byte* inet_ntop(int family, byte* from, byte* to, uint size);

    [DllImport("libc")]
    private static extern int inet_pton(int family, byte* from, byte* to);

    [DllImport("libc", SetLastError = true)]
    private static extern ulong strtoull(byte* text, byte** end, int radix);
}
