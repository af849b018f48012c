using System;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Nft;

/// <summary>Walks the expressions of a rule.</summary>
/// <param name="expressions">The attribute that holds them.</param>
internal ref struct ExpressionList(ReadOnlySpan<byte> expressions)
{
    private NetlinkAttributes _each = new(expressions);

    /// <summary>What the expression is; <see cref="ExpressionKind.Other"/> when it is none that is read.</summary>
    public ExpressionKind Kind { get; private set; }

    /// <summary>The kernel's name of it.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Its attributes.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Goes to the next expression.</summary>
    /// <exception cref="KernelException">An attribute is cut short.</exception>
    /// <exception cref="MalformedTableException">It is no expression.</exception>
    public bool MoveNext()
    {
        if (!_each.MoveNext())
        {
            return false;
        }

        Name = Data = default;
        NetlinkAttributes parts = new(_each.Data);
        while (parts.MoveNext())
        {
            if (parts.Type == NfTables.Expression.Name)
            {
                Name = parts.Data is [.., 0] ? parts.Data[..^1] : parts.Data;
            }
            else if (parts.Type == NfTables.Expression.Data)
            {
                Data = parts.Data;
            }
        }

        if (_each.Type != NfTables.List.Element || Name.IsEmpty)
        {
            throw new MalformedTableException("a rule has something else than expressions");
        }

        Kind = KindOf(Name);
        return true;
    }

    private static ExpressionKind KindOf(ReadOnlySpan<byte> name) => (name.Length, name[0]) switch
    {
        (2, _) => Is(name, "ct"u8, ExpressionKind.Ct),
        (3, (byte)'c') => Is(name, "cmp"u8, ExpressionKind.Compare),
        (3, _) => Is(name, "log"u8, ExpressionKind.Log),
        (4, _) => Is(name, "meta"u8, ExpressionKind.Meta),
        (5, (byte)'m') => Is(name, "match"u8, ExpressionKind.Match),
        (5, (byte)'r') => Is(name, "range"u8, ExpressionKind.Range),
        (5, _) => Is(name, "limit"u8, ExpressionKind.Limit),
        (6, (byte)'t') => Is(name, "target"u8, ExpressionKind.Target),
        (6, (byte)'l') => Is(name, "lookup"u8, ExpressionKind.Lookup),
        (6, _) => Is(name, "exthdr"u8, ExpressionKind.ExtensionHeader),
        (7, (byte)'p') => Is(name, "payload"u8, ExpressionKind.Payload),
        (7, (byte)'c') => Is(name, "counter"u8, ExpressionKind.Counter),
        (7, _) => Is(name, "bitwise"u8, ExpressionKind.Bitwise),
        (9, (byte)'i') => Is(name, "immediate"u8, ExpressionKind.Immediate),
        (9, _) => Is(name, "byteorder"u8, ExpressionKind.ByteOrder),
        _ => ExpressionKind.Other,
    };

    private static ExpressionKind Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> wanted, ExpressionKind kind) =>
        name.SequenceEqual(wanted) ? kind : ExpressionKind.Other;
}
