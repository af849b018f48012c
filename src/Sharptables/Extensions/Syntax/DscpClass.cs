using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// A DiffServ class by name, in any case (RFC 2474, 2597, 3246). As with iptables, whatever follows the name is ignored.
/// </summary>
internal sealed class DscpClass : Syntax<byte>
{
    private static readonly (string Name, byte Codepoint)[] s_classes =
    [
        ("CS0", 0), ("CS1", 8), ("CS2", 16), ("CS3", 24), ("CS4", 32), ("CS5", 40), ("CS6", 48), ("CS7", 56), ("BE", 0),
        ("AF11", 10), ("AF12", 12), ("AF13", 14), ("AF21", 18), ("AF22", 20), ("AF23", 22),
        ("AF31", 26), ("AF32", 28), ("AF33", 30), ("AF41", 34), ("AF42", 36), ("AF43", 38), ("EF", 46),
    ];

    /// <inheritdoc/>
    public override string Placeholder => "name";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices { get; } = Array.ConvertAll(s_classes, static c => c.Name);

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref byte field)
    {
        foreach ((string name, byte codepoint) in s_classes)
        {
            if (argument.Text.Length >= name.Length && Ascii.EqualsIgnoreCase(argument.Text[..name.Length], name))
            {
                field = codepoint;
                return;
            }
        }

        throw new UsageException($"Invalid DSCP value `{argument.Word}'");
    }

    /// <summary>Only codepoints are written.</summary>
    public override void Write(in byte field, Output output, in Format format) => output.WriteNumber((ulong)field);
}
