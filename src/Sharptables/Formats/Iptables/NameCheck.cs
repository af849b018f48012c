using System;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>Checks the names of chains and targets.</summary>
internal static class NameCheck
{
    /// <summary>Checks the name of a new chain.</summary>
    public static void NewChain(ReadOnlySpan<byte> name, ExtensionSet extensions)
    {
        Start(name);
        if (name.IsEmpty || name.SequenceEqual("standard"u8) || StandardVerdict.TryParse(name, out _) || extensions.Find(name, isTarget: true) is not null)
        {
            throw new UsageException(Dialect.Of(extensions.Family).Complaints.LikeTarget(name));
        }

        if (ChainNames.HasBlank(name))
        {
            throw new UsageException($"Invalid chain name `{Text(name)}'");
        }

        Length(name, extensions.Family);
    }

    /// <summary>Checks how the name of a chain is written.</summary>
    public static void Written(ReadOnlySpan<byte> name, Family family)
    {
        Start(name);
        Length(name, family);
    }

    private static void Start(ReadOnlySpan<byte> name)
    {
        if (name is [(byte)'-' or (byte)'!', ..])
        {
            throw new UsageException($"chain name not allowed to start with `{(char)name[0]}'");
        }
    }

    private static void Length(ReadOnlySpan<byte> name, Family family)
    {
        if (name.Length > family.MaxChainName)
        {
            throw new UsageException($"chain name `{Text(name)}' too long (must be under {family.MaxChainName + 1} chars)");
        }
    }

    /// <summary>Checks the name after <c>-j</c> or <c>-g</c>.</summary>
    public static void Target(ReadOnlySpan<byte> name, Family family)
    {
        if (StandardVerdict.TryParse(name, out _))
        {
            return;
        }

        if (name.IsEmpty)
        {
            throw new UsageException("Invalid target name (too short)");
        }

        if (name.Length > family.MaxChainName)
        {
            throw new UsageException($"Invalid target name `{Text(name)}' ({family.MaxChainName} chars max)");
        }

        if (ChainNames.HasBlank(name))
        {
            throw new UsageException($"Invalid target name `{Text(name)}'");
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => MessageText.Of(bytes);
}
