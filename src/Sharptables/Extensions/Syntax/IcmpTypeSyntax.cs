using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A type of ICMP messages: a name, an unambiguous beginning of one, or numbers: <c>3</c>, <c>3/1</c>, <c>3/0:5</c>.</summary>
/// <param name="protocol">The protocol's name in messages: <c>ICMP</c>.</param>
/// <param name="names">The names, in the order of help.</param>
/// <param name="any">The name that is saved instead of numbers, or null.</param>
internal sealed class IcmpTypeSyntax(string protocol, IcmpTypeName[] names, IcmpTypeName? any = null) : Syntax<IcmpType>
{
    /// <inheritdoc/>
    public override string Placeholder => "type[/code]";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices
    {
        get
        {
            List<string> choices = [];
            foreach (IcmpTypeName name in names)
            {
                choices.Add(name.Name);
                if (name.Alias is { } alias)
                {
                    choices.Add(alias);
                }
            }

            return choices;
        }
    }

    /// <inheritdoc/>
    public override ValueList Values => new($"Valid {protocol} Types:", Array.ConvertAll(names, static name =>
        (name.Meaning.Codes.IsAll ? "" : "   ") + name.Name + (name.Alias is null ? "" : $" ({name.Alias})")));

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref IcmpType field)
    {
        if (FindByName(argument.Text) is { } named)
        {
            field = named.Meaning;
            return;
        }

        ReadOnlySpan<byte> text = argument.Text;
        int slash = text.IndexOf((byte)'/');
        Interval<byte> types = ReadNumbers(slash < 0 ? text : text[..slash], text, "type");
        field.Codes = slash < 0 ? new(0, byte.MaxValue) : ReadNumbers(text[(slash + 1)..], text, "code");
        field.Type = types.First;
        if (types.First != types.Last)
        {
            throw new UsageException($"{protocol} type range not supported");
        }

        if (field.Codes.First > field.Codes.Last)
        {
            argument.Reverse(field.Codes.First, field.Codes.Last);
        }
    }

    /// <inheritdoc/>
    public override void Write(in IcmpType field, Output output, in Format format)
    {
        if (any is not null && field == any.Meaning)
        {
            output.Write(any.Name);
            return;
        }

        output.WriteNumber((ulong)field.Type);
        if (!field.Codes.IsAll)
        {
            output.Write((byte)'/');
            WriteCodes(field, output, (byte)':');
        }
    }

    /// <summary>Writes it as in a listing: <c> icmptype 3 code 1</c>, or <c> icmp host-unreachable</c>.</summary>
    /// <param name="label">The label, with a leading blank.</param>
    /// <param name="type">The type.</param>
    /// <param name="isInverted">Whether it is inverted.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="format">How to write.</param>
    public void List(string label, in IcmpType type, bool isInverted, Output output, in Format format)
    {
        output.Write(label);
        if (!format.IsNumeric && FindByMeaning(type) is { } named)
        {
            output.Write(isInverted ? " !"u8 : " "u8);
            output.Write(named.Name);
            return;
        }

        output.Write(isInverted ? " !type "u8 : "type "u8);
        output.WriteNumber((ulong)type.Type);
        if (!type.Codes.IsAll)
        {
            output.Write(type.Codes.First == type.Codes.Last ? " code "u8 : " codes "u8);
            WriteCodes(type, output, (byte)'-');
        }
    }

    private static void WriteCodes(in IcmpType type, Output output, byte separator)
    {
        output.WriteNumber((ulong)type.Codes.First);
        if (type.Codes.First != type.Codes.Last)
        {
            output.Write(separator);
            output.WriteNumber((ulong)type.Codes.Last);
        }
    }

    private static bool IsStartOf(ReadOnlySpan<byte> text, string? name) =>
        name is not null && text.Length <= name.Length && Ascii.EqualsIgnoreCase(text, name.AsSpan(0, text.Length));

    internal IcmpTypeName? FindByName(ReadOnlySpan<byte> text)
    {
        IcmpTypeName? found = null;
        string? foundAs = null;
        foreach (IcmpTypeName candidate in names)
        {
            foreach (string? name in (ReadOnlySpan<string?>)[candidate.Name, candidate.Alias])
            {
                if (IsStartOf(text, name))
                {
                    if (found is not null)
                    {
                        throw new UsageException($"Ambiguous {protocol} type `{MessageText.Of(text)}': `{foundAs}' or `{name}'?");
                    }

                    found = candidate;
                    foundAs = name;
                }
            }
        }

        return found;
    }

    internal IcmpTypeName? FindByMeaning(in IcmpType type)
    {
        foreach (IcmpTypeName name in names)
        {
            if (name.Meaning == type)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Reads a number or a range.</summary>
    internal Interval<byte> ReadNumbers(ReadOnlySpan<byte> text, ReadOnlySpan<byte> whole, string what)
    {
        Interval<byte> numbers = default;
        bool isRead = TryReadPrefix(ref text, out numbers.First);
        numbers.Last = numbers.First;
        if (isRead && !text.IsEmpty && text[0] == ':')
        {
            text = text[1..];
            isRead = TryReadPrefix(ref text, out numbers.Last);
        }

        if (!isRead)
        {
            throw new UsageException($"Unknown {protocol} {what} `{MessageText.Of(whole)}'");
        }

        return text.IsEmpty ? numbers : throw new UsageException($"unknown character {MessageText.Of(text[..1])}");
    }

    private static bool TryReadPrefix(ref ReadOnlySpan<byte> text, out byte number)
    {
        bool isRead = Numerals.TryReadPrefix(text, out ulong value, out text) && value <= byte.MaxValue;
        number = (byte)value;
        return isRead;
    }
}
