using System;
using System.Collections.Generic;
using Sharptables.Backends;
using Sharptables.Editing;
using Sharptables.Explain;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>The rules that a question is about: those of saved files, or those in force.</summary>
internal sealed class AskedRules : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    private AskedRules(ExtensionSet extensions) => (Extensions, Tables) = (extensions, new AskedTables(extensions.Family));

    public ExtensionSet Extensions { get; }

    public AskedTables Tables { get; }

    /// <summary>The name of the file, if they are from one.</summary>
    public string? File { get; private init; }

    /// <summary>The rules that a question is about.</summary>
    /// <exception cref="FormatException">The file cannot be opened.</exception>
    public static AskedRules For(ExplainWords words, ErrorReport errors) =>
        words.Rules is { } file ? OfFile(file, [.. AskedFile.Read(file), (byte)'\n'], words.Family, errors) : OfKernel(words.Family ?? Family.IPv4, words.Through);

    /// <summary>Reads saved rules. Tables of a later file take the place of those of the same name.</summary>
    /// <exception cref="Formats.Iptables.RestoreException">A line is wrong.</exception>
    public static AskedRules OfFile(byte[] path, byte[] text, Family? family, ErrorReport errors)
    {
        RuleSet set = SavedRules.Read(text, family);
        foreach (string warning in set.Warnings)
        {
            errors.Line(warning);
        }

        AskedRules rules = new(set.Extensions) { File = MessageText.Of(path) };
        rules._owned.Add(set);
        foreach (Table table in set.Tables)
        {
            rules.Tables.Add(table, set.Extensions, KernelInterface.Legacy);
        }

        return rules;
    }

    /// <summary>Reads the rules in force.</summary>
    /// <param name="family">The family.</param>
    /// <param name="through">The interface whose rules are meant; null for both.</param>
    /// <exception cref="KernelException">This process may not read them.</exception>
    public static AskedRules OfKernel(Family family, KernelInterface? through)
    {
        AskedRules rules = new(new ExtensionSet(family));
        foreach (KernelInterface each in (ReadOnlySpan<KernelInterface>)[KernelInterface.Legacy, KernelInterface.Nft])
        {
            if (through is not null && through != each)
            {
                continue;
            }

            ITables tables = KernelTables.Open(each, rules.Extensions);
            rules._owned.Add(tables);
            foreach (byte[] name in NamesOf(tables))
            {
                Table table = tables.Read(name);
                tables.Complete(table, only: null);
                rules._owned.Add(table);
                rules.Tables.Add(table, rules.Extensions, each);
            }
        }

        return rules;
    }

    /// <inheritdoc/>
    public void Dispose() => _owned.ForEach(static owned => owned.Dispose());

    private static List<byte[]> NamesOf(ITables tables)
    {
        try
        {
            return tables.NamesInForce();
        }
        catch (KernelException e) when (e.Errno is Errno.ENOENT or Errno.EPROTONOSUPPORT)
        {
            return []; // the kernel does not have this interface
        }
    }
}
