using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Backends;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>
/// Lists what exists on this machine for completion. What this user may not read, such as chains, is left out silently.
/// </summary>
/// <param name="family">The family of the program.</param>
/// <param name="used">The interface that it uses.</param>
internal sealed class CandidateSource(Family family, KernelInterface used) : ICandidateSource
{
    /// <inheritdoc/>
    public IEnumerable<Candidate> Find(string kind, string table) => kind switch
    {
        "table" => Array.ConvertAll(BuiltInTable.Of(family), static known => new Candidate(known.Name, known.Summary)),
        "chain" => Chains(table),
        "interface" => Interfaces(),
        "protocol" or "proto" => [.. OwnProtocols(), .. Fields("/etc/protocols", ' ', '\t')],
        "userid" => Fields("/etc/passwd", ':'),
        "groupid" => Fields("/etc/group", ':'),
        "command" => [Candidate.Commands],
        "page" => ManualPages.All().ConvertAll(static page => new Candidate(page.Description.Name, page.Description.Summary)),
        "folder" => [Candidate.Files],
        _ => kind.EndsWith("file", StringComparison.Ordinal) ? [Candidate.Files] : [],
    };

    /// <summary>The chains of a table. A table that is not in force is not requested: the kernel would load it.</summary>
    private IEnumerable<Candidate> Chains(string table)
    {
        HashSet<string> builtIn = [.. BuiltInTable.Named(table, family)?.Chains ?? []];
        foreach (string chain in builtIn)
        {
            yield return new Candidate(chain);
        }

        foreach (string chain in ReadChains(table))
        {
            if (!builtIn.Contains(chain))
            {
                yield return new Candidate(chain);
            }
        }
    }

    private List<string> ReadChains(string table)
    {
        List<string> chains = [];
        try
        {
            using ITables tables = KernelTables.Open(used, new ExtensionSet(family));
            byte[] name = Encoding.UTF8.GetBytes(table);
            if (!tables.NamesInForce().Exists(known => known.AsSpan().SequenceEqual(name)))
            {
                return chains;
            }

            using Table read = tables.Read(name);
            foreach (Chain chain in read.Chains)
            {
                chains.Add(MessageText.Of(chain.Name));
            }
        }
        catch (Exception e) when (KernelErrors.IsOne(e))
        {
            // Not root: only the built-in chains are known.
        }

        return chains;
    }

    private static List<Candidate> Interfaces() => NetworkInterface.Names().ConvertAll(static name => new Candidate(name));

    private static Candidate[] OwnProtocols() => Array.ConvertAll(Protocols.OwnNames(), static name => new Candidate(name));

    /// <summary>The first field of each line of a file.</summary>
    private static IEnumerable<Candidate> Fields(string path, params char[] separators)
    {
        foreach (string line in Lines(path))
        {
            string field = line.Split(separators, 2)[0];
            if (field is [not '#', ..])
            {
                yield return new Candidate(field);
            }
        }
    }

    private static string[] Lines(string path) => Encoding.UTF8.GetString(FileReader.TryReadAll(path) ?? []).Split('\n');
}
