using System;
using System.Collections.Generic;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>Types of ICMP messages: a name, an unambiguous beginning of one, or numbers: <c>8</c>, <c>3:5</c>, <c>3/1</c>, <c>3:5/0:1</c>.</summary>
/// <param name="types">How one type is read.</param>
/// <param name="hasCodes">Whether a message has a code besides.</param>
internal sealed class EbtIcmpSyntax(IcmpTypeSyntax types, bool hasCodes = true) : Syntax<EbtIcmp>
{
    /// <inheritdoc/>
    public override string Placeholder => hasCodes ? "type[:type][/code[:code]]" : "type[:type]";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices => types.Choices;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref EbtIcmp field)
    {
        if (types.FindByName(argument.Text) is { } named)
        {
            field = new(new(named.Meaning.Type, named.Meaning.Type), named.Meaning.Codes);
            return;
        }

        int slash = hasCodes ? argument.Text.IndexOf((byte)'/') : -1;
        field = new(
            types.ReadNumbers(slash < 0 ? argument.Text : argument.Text[..slash], argument.Text, "type"),
            slash < 0 ? Interval<byte>.All : types.ReadNumbers(argument.Text[(slash + 1)..], argument.Text, "code"));
        if (field.Types.First > field.Types.Last)
        {
            argument.Reverse(field.Types.First, field.Types.Last);
        }

        if (field.Codes.First > field.Codes.Last)
        {
            argument.Reverse(field.Codes.First, field.Codes.Last);
        }
    }

    /// <inheritdoc/>
    public override void Write(in EbtIcmp field, Output output, in Format format)
    {
        if (field.Types.First == field.Types.Last && types.FindByMeaning(new() { Type = field.Types.First, Codes = field.Codes }) is { } named)
        {
            output.Write(named.Name);
            return;
        }

        Write(field.Types, output);
        if (hasCodes)
        {
            output.Write((byte)'/');
            Write(field.Codes, output);
        }
    }

    private static void Write(Interval<byte> numbers, Output output)
    {
        output.WriteNumber((ulong)numbers.First);
        if (numbers.First != numbers.Last)
        {
            output.Write((byte)':');
            output.WriteNumber((ulong)numbers.Last);
        }
    }
}
