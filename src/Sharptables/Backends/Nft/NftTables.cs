using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Backends.Nft;

/// <summary>A place holder.</summary>
internal sealed class NftTables(ExtensionSet extensions) : ITables
{
    public ExtensionSet Extensions => extensions;

    public KernelInterface Interface => KernelInterface.Nft;

    public ModuleAttempt? Loading => null;

    public List<byte[]> NamesInForce()
    {
        List<byte[]> names = [];
        foreach (NftTable table in NftTableList.Read())
        {
            if (table.Family == extensions.Family.NftName)
            {
                names.Add(Encoding.UTF8.GetBytes(table.Name));
            }
        }

        return names;
    }

    public Table Read(ReadOnlySpan<byte> name) => throw new KernelException("nf_tables", Errno.EOPNOTSUPP);

    public Table ReadEmpty(ReadOnlySpan<byte> name) => Read(name);

    public void CompletePolicies(Table table)
    {
    }

    public void Write(Table table)
    {
    }

    public void Describe(ReadOnlySpan<byte> name, Output output)
    {
    }

    public bool HasRevision(ReadOnlySpan<byte> name, byte revision, bool isTarget) => false;

    public ITables? TryOpenElsewhere() => null;

    public void Dispose()
    {
    }
}
