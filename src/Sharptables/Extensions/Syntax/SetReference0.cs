using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Syntax;

/// <summary>An IP set in revision 0, for IPv4 only: a word for each address or port to look up.</summary>
[KernelStruct("struct xt_set_info_v0", "linux/netfilter/xt_set.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct SetReference0
{
    private const uint Source = 1; // IPSET_SRC
    private const uint Destination = 2; // IPSET_DST
    private const uint Inverted = 4; // IPSET_MATCH_INV
    private const int Most = SetReference.MaxDimensions - 1; // the kernel requires a 0 after them

    public ushort Index;

    [KernelField("u.flags")]
    public Places Flags;

    public static string? Narrow(in SetReference newest, ref SetReference0 older)
    {
        older.Index = newest.Index;
        for (int place = 0; place < newest.Dimensions && place < Most; place++)
        {
            older.Flags[place] = (newest.Flags & (2 << place)) != 0 ? Source : Destination;
        }

        older.Flags[0] |= (newest.Flags & 1) != 0 ? Inverted : 0;
        return newest.Dimensions <= Most ? null : $"more than {Most} of src and dst need revision 1";
    }

    public readonly SetReference Widen()
    {
        SetReference newest = new() { Index = Index, Flags = (byte)((Flags[0] & Inverted) != 0 ? 1 : 0) };
        while (newest.Dimensions < Most && Flags[newest.Dimensions] != 0)
        {
            newest.Flags |= (byte)((Flags[newest.Dimensions] & Source) != 0 ? 2 << newest.Dimensions : 0);
            newest.Dimensions++;
        }

        return newest;
    }

    /// <summary>The words, and room after them where the kernel stores its own form.</summary>
    [InlineArray(SetReference.MaxDimensions + 1)]
    public struct Places
    {
        private uint _first;
    }
}
