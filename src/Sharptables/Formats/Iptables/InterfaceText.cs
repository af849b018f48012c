using System;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>How an interface of a rule is written: the bytes that count, and <c>+</c> when more may follow.</summary>
public static class InterfaceText
{
    /// <summary>Writes a name.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="name">16 bytes.</param>
    /// <param name="mask">16 bytes: 0xff where a byte counts.</param>
    public static void Write(Output output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> mask)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (mask[i] == 0)
            {
                output.Write((byte)'+');
                return;
            }

            if (name[i] == 0)
            {
                return;
            }

            output.Write(name[i]);
        }
    }
}
