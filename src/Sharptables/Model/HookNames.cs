using System;
using System.Collections.Generic;
using System.Numerics;
using System.Text;

namespace Sharptables.Model;

/// <summary>The names of hooks, which are also those of the built-in chains.</summary>
internal static class HookNames
{
    /// <summary>The name of a hook in <c>enum nf_inet_hooks</c>.</summary>
    public static ReadOnlySpan<byte> Of(int hook) => hook switch
    {
        0 => "PREROUTING"u8,
        1 => "INPUT"u8,
        2 => "FORWARD"u8,
        3 => "OUTPUT"u8,
        _ => "POSTROUTING"u8,
    };

    /// <summary>The names of a set of hooks, in numerical order, separated by commas.</summary>
    public static string Of(Hooks hooks)
    {
        List<string> names = [];
        for (int rest = (int)hooks; rest != 0; rest &= rest - 1)
        {
            names.Add(Encoding.ASCII.GetString(Of(BitOperations.TrailingZeroCount(rest))));
        }

        return string.Join(", ", names);
    }
}
