using System;
using System.Buffers;
using System.Collections.Generic;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Which chains of a table have a name that iptables-restore would not take, or would take for something else. Other programs may make
/// such; nearly always there is none.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="extensions">The extensions of its family.</param>
internal sealed class ChainNames(Table table, ExtensionSet extensions)
{
    /// <summary>What no name of a chain may hold: C's <c>isspace</c>.</summary>
    private static readonly SearchValues<byte> s_blanks = SearchValues.Create(" \t\n\v\f\r"u8);

    private Dictionary<Chain, (string Fault, bool OnlyInJumps)>? _faults;

    /// <summary>Whether a name holds what no name may.</summary>
    public static bool HasBlank(ReadOnlySpan<byte> name) => name.ContainsAny(s_blanks);

    /// <summary>Why a chain cannot be named, or null.</summary>
    public string? Fault(Chain chain) => Find(chain) is (var fault, OnlyInJumps: false) ? fault : null;

    /// <summary>Why a chain cannot stand behind <c>-j</c>, or null.</summary>
    public string? JumpFault(Chain chain) => Find(chain)?.Fault;

    private (string Fault, bool OnlyInJumps)? Find(Chain chain)
    {
        _faults ??= FindAll();
        return _faults.Count > 0 && _faults.TryGetValue(chain, out (string, bool) fault) ? fault : null;
    }

    private Dictionary<Chain, (string Fault, bool OnlyInJumps)> FindAll()
    {
        Dictionary<Chain, (string, bool)> faults = [];
        foreach (Chain chain in table.Chains)
        {
            ReadOnlySpan<byte> name = chain.Name;
            if (chain.IsBuiltIn)
            {
                continue;
            }

            if (name.IsEmpty || HasBlank(name))
            {
                faults.Add(chain, ("the chain's name has a blank or a line end, or is none", false));
            }
            else if (name.Length > RuleLayout.MaxChainName)
            {
                faults.Add(chain, ("the chain's name is too long", false));
            }
            else if (StandardVerdict.TryParse(name, out _))
            {
                faults.Add(chain, ("the chain has the name of a verdict", false));
            }
            else if (extensions.Find(name, isTarget: true) is not null)
            {
                faults.Add(chain, ("the chain that it jumps to has the name of a target", true));
            }
        }

        return faults;
    }
}
