using System;
using static System.Numerics.BitOperations;

namespace Sharptables.Packets;

/// <summary>Bob Jenkins' hash of 32-bit words (lookup3), by which the kernel shares packets.</summary>
internal static class JenkinsHash
{
    private const uint Start = 0xdeadbeef;

    /// <summary>The hash of some words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="seed">The initial value.</param>
    public static uint Of(ReadOnlySpan<uint> words, uint seed)
    {
        uint a = Start + ((uint)words.Length << 2) + seed, b = a, c = a;
        for (; words.Length > 3; words = words[3..])
        {
            a += words[0];
            b += words[1];
            c += words[2];
            a = (a - c) ^ RotateLeft(c, 4);
            c += b;
            b = (b - a) ^ RotateLeft(a, 6);
            a += c;
            c = (c - b) ^ RotateLeft(b, 8);
            b += a;
            a = (a - c) ^ RotateLeft(c, 16);
            c += b;
            b = (b - a) ^ RotateLeft(a, 19);
            a += c;
            c = (c - b) ^ RotateLeft(b, 4);
            b += a;
        }

        a += words[0];
        b += words.Length > 1 ? words[1] : 0;
        c += words.Length > 2 ? words[2] : 0;
        c = (c ^ b) - RotateLeft(b, 14);
        a = (a ^ c) - RotateLeft(c, 11);
        b = (b ^ a) - RotateLeft(a, 25);
        c = (c ^ b) - RotateLeft(b, 16);
        a = (a ^ c) - RotateLeft(c, 4);
        b = (b ^ a) - RotateLeft(a, 14);
        return (c ^ b) - RotateLeft(b, 24);
    }
}
