using System;
using System.Collections.Generic;

namespace Sharptables.Model;

/// <summary>The names of hooks, which are those of the built-in chains.</summary>
public static class HookNames
{
    /// <summary>The names of all hooks of a set, in the order of <c>enum nf_inet_hooks</c>, with commas between them.</summary>
    public static string Of(Hooks hooks)
    {
        List<string> names = [];
        foreach ((Hooks hook, string name) in (ReadOnlySpan<(Hooks, string)>)
            [(Hooks.PreRouting, "PREROUTING"), (Hooks.Input, "INPUT"), (Hooks.Forward, "FORWARD"), (Hooks.Output, "OUTPUT"), (Hooks.PostRouting, "POSTROUTING")])
        {
            if ((hooks & hook) != 0)
            {
                names.Add(name);
            }
        }

        return string.Join(", ", names);
    }
}
