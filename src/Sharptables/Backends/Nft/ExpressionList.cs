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
                Name = parts.Text;
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

    private static ExpressionKind KindOf(ReadOnlySpan<byte> name)
    {
        (string word, ExpressionKind kind) = (name.Length, name[0]) switch
        {
            (2, _) => ("ct", ExpressionKind.Ct),
            (3, (byte)'c') => ("cmp", ExpressionKind.Compare),
            (3, _) => ("log", ExpressionKind.Log),
            (4, _) => ("meta", ExpressionKind.Meta),
            (5, (byte)'m') => ("match", ExpressionKind.Match),
            (5, (byte)'r') => ("range", ExpressionKind.Range),
            (5, _) => ("limit", ExpressionKind.Limit),
            (6, (byte)'t') => ("target", ExpressionKind.Target),
            (6, (byte)'l') => ("lookup", ExpressionKind.Lookup),
            (6, _) => ("exthdr", ExpressionKind.ExtensionHeader),
            (7, (byte)'p') => ("payload", ExpressionKind.Payload),
            (7, (byte)'c') => ("counter", ExpressionKind.Counter),
            (7, _) => ("bitwise", ExpressionKind.Bitwise),
            (9, (byte)'i') => ("immediate", ExpressionKind.Immediate),
            (9, _) => ("byteorder", ExpressionKind.ByteOrder),
            _ => ("", ExpressionKind.Other),
        };
        return System.Text.Ascii.Equals(name, word) ? kind : ExpressionKind.Other;
    }
}
