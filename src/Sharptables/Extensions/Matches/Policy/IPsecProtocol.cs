using System;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>A protocol of IPsec, by name or number; written by name except in numeric listings.</summary>
internal sealed class IPsecProtocol : Syntax<byte>
{

    private static readonly string[] s_choices = ["ah", "esp", "ipcomp"];

    /// <inheritdoc/>
    public override string Placeholder => "proto";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices => s_choices;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref byte field)
    {
        uint number;
        if (Numerals.TryRead(argument.Text, 0, byte.MaxValue, out ulong typed))
        {
            number = (uint)typed;
        }
        else if (!Protocols.TryGetNumber(argument.Text, argument.Names, out number))
        {
            throw new UsageException($"unknown protocol \"{argument.Word}\" specified");
        }

        field = number is Protocol.Esp or Protocol.Ah or Protocol.IpComp
            ? (byte)number
            : throw new UsageException("policy match: protocol must be ah/esp/ipcomp");
    }

    /// <inheritdoc/>
    public override void Write(in byte field, Output output, in Format format)
    {
        if (!(format.IsListing && format.IsNumeric) && Protocols.TryGetName(field, format.Names, out ReadOnlySpan<byte> name))
        {
            output.Write(name);
        }
        else
        {
            output.WriteNumber((ulong)field);
        }
    }
}
