using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Finds chains whose names iptables-restore would not accept, or would take for something else. Other programs may create such chains;
/// nearly always there are none.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="extensions">The extensions of its family.</param>
internal sealed class ChainNames(Table table, ExtensionSet extensions)
{
    /// <summary>What the name of a chain must not contain: C's <c>isspace</c>, and a zero byte, which would end it in the kernel.</summary>
    private static readonly SearchValues<byte> s_blanks = SearchValues.Create(" \t\n\v\f\r\0"u8);

    private Dictionary<Chain, string>? _faults;
    private readonly List<Chain> _likeTargets = [];

    public static bool HasBlank(ReadOnlySpan<byte> name) => name.ContainsAny(s_blanks);

    /// <summary>Why a chain's name cannot be written, or null.</summary>
    public string? Fault(Chain chain)
    {
        Dictionary<Chain, string> faults = _faults ??= FindAll();
        return faults.Count > 0 ? faults.GetValueOrDefault(chain) : null;
    }

    /// <summary>Whether <c>-j</c> with a target's name would mean a chain: chains come first.</summary>
    public bool HidesTarget(string name)
    {
        _faults ??= FindAll();
        return _likeTargets.Exists(chain => Ascii.Equals(chain.Name, name));
    }

    private Dictionary<Chain, string> FindAll()
    {
        Dictionary<Chain, string> faults = [];
        foreach (Chain chain in table.Chains)
        {
            ReadOnlySpan<byte> name = chain.Name;
            if (chain.IsBuiltIn)
            {
                continue;
            }

            if (name.IsEmpty || HasBlank(name))
            {
                faults.Add(chain, "the chain's name is empty, or has a blank or a line end");
            }
            else if (name.Length > extensions.Family.MaxChainName)
            {
                faults.Add(chain, "the chain's name is too long");
            }
            else if (StandardVerdict.TryParse(name, out _))
            {
                faults.Add(chain, "the chain has the name of a verdict");
            }
            else if (extensions.Find(name, isTarget: true) is not null)
            {
                _likeTargets.Add(chain);
            }
        }

        return faults;
    }
}
