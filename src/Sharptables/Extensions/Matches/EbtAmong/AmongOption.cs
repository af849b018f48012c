using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>A list of <see cref="EbtAmong"/>.</summary>
internal sealed class AmongOption : Option
{
    private readonly bool _isDestination;
    private readonly bool _isFile;

    /// <param name="name">The name.</param>
    /// <param name="isDestination">Whether it is that of destinations.</param>
    /// <param name="isFile">Whether it is in a file.</param>
    /// <param name="summary">What it does.</param>
    public AmongOption(string name, bool isDestination, bool isFile, string summary)
        : base(name, summary, new Form(isFile))
    {
        (_isDestination, _isFile) = (isDestination, isFile);
        CanInvert = true;
    }

    /// <inheritdoc/>
    public override bool MayLackWord => false;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, Span<byte> payload)
    {
        ReadOnlySpan<byte> text = _isFile ? ReadFile(argument.Word) : argument.Text;
        List<AmongEntry> entries = [];
        foreach (Range part in text.Split((byte)','))
        {
            if (!text[part].IsEmpty)
            {
                entries.Add(ReadEntry(text[part]));
            }
        }

        if (entries.Count == 0)
        {
            throw new UsageException("Invalid MAC address ''");
        }

        if (!TryPut(entries, argument.IsInverted, payload))
        {
            throw new UsageException($"among: the lists of a rule have more than {AmongInfo.MostEntries} addresses") { Hint = "Several rules have room for more." };
        }
    }

    /// <inheritdoc/>
    public override Condition ConditionIn(ReadOnlySpan<byte> payload, Family family)
    {
        List<(UInt128, UInt128)> parts = [];
        foreach (AmongEntry entry in Entries(payload))
        {
            parts.Add((entry.First, entry.Last));
        }

        return new(Of!.In(family), Packets.Values.Among(parts), IsInvertSet(payload));
    }

    /// <inheritdoc/>
    protected override bool Take(Field field, Packets.Values values, bool isInverted, Span<byte> payload)
    {
        List<AmongEntry> entries = [];
        foreach ((UInt128 first, UInt128 last) in values.Parts)
        {
            if (AmongEntry.Of(first, last) is not { } entry)
            {
                return false;
            }

            entries.Add(entry);
        }

        return entries.Count > 0 && TryPut(entries, isInverted, payload);
    }

    /// <inheritdoc/>
    protected override bool IsSaid(ReadOnlySpan<byte> payload) => Entries(payload).Length > 0;

    /// <inheritdoc/>
    protected override bool IsListedOtherwise(ReadOnlySpan<byte> payload) => false;

    /// <inheritdoc/>
    protected override bool IsInvertSet(ReadOnlySpan<byte> payload) => (EbtAmong.As(payload).Inversions & Bit) != 0;

    /// <inheritdoc/>
    protected override bool IsValued(ReadOnlySpan<byte> payload) => true;

    /// <inheritdoc/>
    protected override void WriteValue(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        bool isFirst = true;
        foreach (AmongEntry entry in Entries(payload))
        {
            output.Write(isFirst ? ""u8 : ","u8);
            isFirst = false;
            for (int i = 0; i < MacAddress.Size; i++)
            {
                output.Write(i > 0 ? ":"u8 : default);
                output.WriteHexDigits(entry.Mac[i], minimum: 1);
            }

            if (entry.Address != 0)
            {
                output.Write((byte)'=');
                uint address = entry.Address;
                Addresses.Write(output, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in address)));
            }
        }
    }

    private uint Bit => _isDestination ? 2u : 1;

    private static byte[] ReadFile(string path)
    {
        byte[] text = FileReader.TryReadAll(path) ?? throw new UsageException($"Couldn't open file '{path}'");
        int end = text.AsSpan().IndexOf((byte)'\n');
        return end < 0 ? throw new UsageException("File should end with a newline")
            : end < text.Length - 1 ? throw new UsageException("File should only contain one line")
            : text[..end];
    }

    private static AmongEntry ReadEntry(ReadOnlySpan<byte> text)
    {
        AmongEntry entry = default;
        int equals = text.IndexOf((byte)'=');
        ReadOnlySpan<byte> mac = equals < 0 ? text : text[..equals];
        if (!MacAddressSyntax.TryRead(mac, ref entry.Mac))
        {
            throw new UsageException($"Invalid MAC address '{MessageText.Of(mac)}'");
        }

        if (equals >= 0 && !AddressText.TryParseIPv4(text[(equals + 1)..], MemoryMarshal.AsBytes(new Span<uint>(ref entry.Address))))
        {
            throw new UsageException($"Invalid IP address '{MessageText.Of(text[(equals + 1)..])}'");
        }

        return entry;
    }

    /// <summary>The list as it is in a payload.</summary>
    private ReadOnlySpan<AmongEntry> Entries(ReadOnlySpan<byte> payload)
    {
        ref readonly AmongInfo info = ref EbtAmong.As(payload);
        ReadOnlySpan<AmongEntry> all = MemoryMarshal.Cast<byte, AmongEntry>(payload[Marshal.SizeOf<AmongInfo>()..]);
        return info.Count > all.Length ? default : _isDestination ? all.Slice(info.Sources, info.Destinations) : all[..info.Sources];
    }

    /// <summary>Puts a list into a payload, sorted, and each once; what an entry for any address says already is left out.</summary>
    private bool TryPut(List<AmongEntry> entries, bool isInverted, Span<byte> payload)
    {
        entries.Sort();
        List<AmongEntry> kept = [];
        foreach (AmongEntry entry in entries)
        {
            if (kept.Count == 0 || kept[^1].Last < entry.First)
            {
                kept.Add(entry);
            }
        }

        ref AmongInfo info = ref EbtAmong.As(payload);
        Span<AmongEntry> all = MemoryMarshal.Cast<byte, AmongEntry>(payload[Marshal.SizeOf<AmongInfo>()..]);
        AmongEntry[] destinations = _isDestination ? [.. kept] : all.Slice(info.Sources, info.Destinations).ToArray();
        AmongEntry[] sources = _isDestination ? all[..info.Sources].ToArray() : [.. kept];
        if (sources.Length + destinations.Length > Math.Min(AmongInfo.MostEntries, all.Length))
        {
            return false;
        }

        sources.CopyTo(all);
        destinations.CopyTo(all[sources.Length..]);
        (info.Sources, info.Destinations) = ((ushort)sources.Length, (ushort)destinations.Length);
        info.Inversions |= isInverted ? Bit : 0;
        return true;
    }

    private sealed class Form(bool isFile) : ValueForm
    {
        public override string Placeholder => isFile ? "file" : "mac[=address][,...]";
    }
}
