using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Model;

namespace Sharptables.Backends.Nft;

/// <summary>
/// A rule in both of its forms, as bytes of x_tables and as expressions of nf_tables, and where its values stand in each: another rule that differs from
/// it in values only is read, or written, by moving these.
/// </summary>
/// <param name="table">The table of the rules.</param>
internal sealed class KnownRule(Table table)
{
    private byte[] _rule = [];
    private byte[] _expressions = [];
    private KnownValue[] _values = [];

    /// <summary>The rule last read or written.</summary>
    public ReadOnlySpan<byte> Rule => _rule;

    /// <summary>The expressions last read or written.</summary>
    public ReadOnlySpan<byte> Expressions => _expressions;

    /// <summary>Keeps a rule.</summary>
    public void Keep(ReadOnlySpan<byte> rule, ReadOnlySpan<byte> expressions, List<KnownValue> values) =>
        (_rule, _expressions, _values) = (rule.ToArray(), expressions.ToArray(), [.. values]);

    /// <summary>Reads a rule like this one; false if it is not like it.</summary>
    public bool TryRead(ReadOnlySpan<byte> expressions)
    {
        if (expressions.Length != _expressions.Length)
        {
            return false;
        }

        foreach (ref readonly KnownValue value in _values.AsSpan())
        {
            expressions.Slice(value.InExpressions, value.Length).CopyTo(_expressions.AsSpan(value.InExpressions));
        }

        return expressions.SequenceEqual(_expressions) && TakeFromExpressions();
    }

    /// <summary>Writes a rule like this one; false if it is not like it.</summary>
    public bool TryWrite(Rule rule)
    {
        if (rule.Bytes.Length != _rule.Length)
        {
            return false;
        }

        foreach (ref readonly KnownValue value in _values.AsSpan())
        {
            rule.Bytes.Slice(value.InRule, value.LengthInRule).CopyTo(_rule.AsSpan(value.InRule));
        }

        new Rule(_rule, table.Layout).Line = rule.Line;
        return rule.Bytes.SequenceEqual(_rule) && TakeFromRule();
    }

    private bool TakeFromExpressions()
    {
        foreach (ref readonly KnownValue value in _values.AsSpan())
        {
            ReadOnlySpan<byte> from = _expressions.AsSpan(value.InExpressions, value.Length);
            Span<byte> to = _rule.AsSpan(value.InRule);
            switch (value.Form)
            {
                case ValueForm.Bytes:
                    from.CopyTo(to);
                    break;
                case ValueForm.Counter:
                    MemoryMarshal.Write(to, BinaryPrimitives.ReadUInt64BigEndian(from));
                    break;
                case ValueForm.Port:
                    MemoryMarshal.Write(to, BinaryPrimitives.ReadUInt16BigEndian(from) * 0x10001u);
                    break;
                case ValueForm.Chain when OtherForms.JumpTo(from, table) is { } jump:
                    MemoryMarshal.Write(to, jump);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private bool TakeFromRule()
    {
        foreach (ref readonly KnownValue value in _values.AsSpan())
        {
            ReadOnlySpan<byte> from = _rule.AsSpan(value.InRule);
            Span<byte> to = _expressions.AsSpan(value.InExpressions, value.Length);
            switch (value.Form)
            {
                case ValueForm.Bytes:
                    from[..to.Length].CopyTo(to);
                    break;
                case ValueForm.Counter:
                    BinaryPrimitives.WriteUInt64BigEndian(to, MemoryMarshal.Read<ulong>(from));
                    break;
                case ValueForm.Port when MemoryMarshal.Read<ushort>(from) == MemoryMarshal.Read<ushort>(from[sizeof(ushort)..]):
                    BinaryPrimitives.WriteUInt16BigEndian(to, MemoryMarshal.Read<ushort>(from));
                    break;
                case ValueForm.Chain when Verdict.IsJumpTo(MemoryMarshal.Read<int>(from), out int chain)
                    && NftOrigin.NameIn(table, table.ChainsByNumber[chain]) is var name && name.Length == to.Length - 1:
                    name.CopyTo(to);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
