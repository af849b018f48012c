using System;
using System.Text;
using Sharptables.Backends.Nft;
using Sharptables.Model;

namespace Sharptables.Translation;

/// <summary>Writes what makes a chain of nft(8) a built-in one of iptables: type, hook, priority and policy.</summary>
internal static class BaseChainText
{
    /// <summary>The text, with a leading blank; null for a chain that is not built in. A table of another name than iptables has is like filter.</summary>
    public static string? Of(Family family, ReadOnlySpan<byte> table, ReadOnlySpan<byte> chain, int policy)
    {
        string name = Encoding.ASCII.GetString(chain);
        BuiltInTable known = BuiltInTable.Named(Encoding.ASCII.GetString(table), family) ?? BuiltInTable.Of(family)[0];
        if (Array.IndexOf(known.Chains, name) < 0)
        {
            return null;
        }

        BaseChain place = BaseChain.Of(known, name);
        string hook = place.Hook is { } number ? family.HookNames[number] : name;
        return $" {{ type {place.Type} hook {hook.ToLowerInvariant()} priority {place.Priority}; policy {(policy == Verdict.Drop ? "drop" : "accept")}; }}";
    }
}
