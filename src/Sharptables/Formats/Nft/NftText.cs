using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Formats.Nft;

/// <summary>Writes the parts of rules in the language of nft(8), in the words of iptables-translate(8); each begins with a blank.</summary>
/// <param name="output">Where to write.</param>
/// <param name="family">The family of the rules.</param>
internal sealed partial class NftText(Output output, Family family)
{
    /// <summary>What nft(8) has room for in a comment, in bytes.</summary>
    private const int MostOfComment = 128;

    /// <summary>What the original writes first, of a head and about a connection or ARP.</summary>
    private static readonly Field[] s_first =
    [
        Field.Meta.InInterface, Field.Meta.OutInterface, Field.Ip.Fragment, Field.Ip.Protocol,
        Field.Ct.Direction, Field.Ct.Protocol, Field.Ct.State, Field.Ct.Status, Field.Ct.Expiration,
        Field.Arp.HardwareType, Field.Arp.HardwareLength, Field.Arp.Operation, Field.Arp.ProtocolType, Field.Arp.Source, Field.Arp.Destination,
    ];

    private readonly Dictionary<string, string> _meters = [];
    private int _sets;
    private bool _canSay;
    private bool _hasNumbersOnly; // for values, as the original has them of bridges

    /// <summary>The family of the rules.</summary>
    public Family Family => family;

    /// <summary>The names of protocols, groups and realms.</summary>
    public INames Names { private get; init; } = SystemNames.Instance;

    /// <summary>
    /// Whether iptables-translate's words are used even where they do not say quite the same as the rule: for what is called as it is, whose
    /// output others compare.
    /// </summary>
    public bool SaysAsOriginal { get; init; }

    /// <summary>Whether a part is written alone, of a rule that may name its protocol.</summary>
    public bool IsPart { private get; init; }

    /// <summary>What IP sets there are, to become sets of nft; null if those are not asked for.</summary>
    public IpSets? IpSets { private get; init; }

    /// <summary>Why the part that was written last cannot be said, if there is more to tell.</summary>
    public string? Why { get; set; }

    /// <summary>The protocol that the rule names, for ports that could be any protocol's; 0 for none.</summary>
    public ushort Protocol { get; set; }

    /// <summary>The comment of the rule, without quotes; null for none.</summary>
    public byte[]? Comment { get; private set; }

    /// <summary>The sets that the rule needs, by name and declaration.</summary>
    public List<(string Name, string Declaration)> Sets { get; } = [];

    /// <summary>Whether the rule is about a protocol by a header that it names; an option of TCP that is missing is so in any packet.</summary>
    public bool NamesTransport { get; private set; }

    /// <summary>The protocols of Ethernet that the rule is about by the headers that it names.</summary>
    public List<ushort> EtherTypes { get; } = [];

    /// <summary>Begins another rule.</summary>
    public void Begin(ushort protocol)
    {
        (Protocol, Comment, Why) = (protocol, null, null);
        NamesTransport = false;
        EtherTypes.Clear();
        Sets.Clear();
    }

    /// <summary>Writes text as it is.</summary>
    /// <returns>True: the end of what an extension writes is often this.</returns>
    public bool Write(string text)
    {
        output.Write(text);
        return true;
    }

    /// <summary>Writes text in quotes; false where nft(8) has no way to say it.</summary>
    public bool TryWriteQuoted(string before, ReadOnlySpan<byte> text)
    {
        output.Write(before);
        output.Write((byte)'"');
        output.Write(text);
        output.Write((byte)'"');
        return !text.ContainsAny("\"\n\0"u8);
    }

    /// <summary>What ports of the rule's protocol are called: <c>tcp dport</c>.</summary>
    public string PortName(Field port) => $"{port.Header!.NameIn(Protocol)} {port.Name}";

    /// <summary>Writes an address.</summary>
    public void WriteAddress(ReadOnlySpan<byte> address) => Addresses.Write(output, address);

    /// <summary>
    /// Keeps the comment for the end of the rule; the last of several. It says nothing to the kernel, so what nft(8) has no room for is left out, and
    /// a quote, of which it would be the end, is a single one.
    /// </summary>
    public bool Say(ReadOnlySpan<byte> comment)
    {
        byte[] text = comment[..Math.Min(comment.Length, MostOfComment)].ToArray();
        text.AsSpan().Replace((byte)'"', (byte)'\'');
        text.AsSpan().Replace((byte)'\n', (byte)' ');
        Comment = text;
        return true;
    }

    /// <summary>Whether nft(8) takes a word for the name of a chain, a set or a table.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) => NftWords.IsName(name);

    /// <summary>The mask of a prefix length, as an address.</summary>
    public static string MaskOf(Family family, int length)
    {
        UInt128 mask = UInt128.MaxValue << (128 - length);
        string[] parts = new string[family.HasColonsInAddresses ? 8 : 4];
        for (int i = 0; i < parts.Length; i++)
        {
            int bits = family.AddressSize * 8 / parts.Length;
            uint part = length == 0 ? 0 : (uint)(mask >> (128 - (bits * (i + 1)))) & ((1u << bits) - 1);
            parts[i] = parts.Length == 4 ? $"{part}" : $"{part:x4}";
        }

        return string.Join(parts.Length == 4 ? '.' : ':', parts);
    }

    /// <summary>The name of a meter: nft(8) wants another for each that is not the same.</summary>
    /// <param name="name">The name that it is to have.</param>
    /// <param name="what">What it does.</param>
    public string MeterName(string name, string what)
    {
        string own = name;
        for (int i = 2; _meters.TryGetValue(own, out string? other) && other != what; i++)
        {
            own = $"{name}{i}";
        }

        _meters[own] = what;
        return own;
    }

    /// <summary>Makes a set of a name of its own, which begins as said.</summary>
    public string AddSet(string name, string declaration)
    {
        Sets.Add(($"{name}{_sets++}", declaration));
        return Sets[^1].Name;
    }

    /// <summary>Writes that parts of a packet are in an IP set, which becomes a set of nft(8).</summary>
    /// <param name="number">The number of the set.</param>
    /// <param name="dimensions">How many parts.</param>
    /// <param name="flags">Bit 0: they are not; the others: which of them are of the source.</param>
    public bool TryWriteLookup(ushort number, int dimensions, byte flags)
    {
        string name = System.Text.Encoding.Latin1.GetString(Names.SetName(number));
        IpSets.IpSet? set = IpSets?.Find(name);
        Why = IpSets is null ? "its IP set is not told (--sets)" : set is null ? $"there is no IP set {name} in the file" : set.Problem(family, Protocol, dimensions);
        if (Why is not null || set is null)
        {
            return false;
        }

        Sets.Add((set.NftName, set.Declaration));
        return Write($" {set.WordsFor(family, flags)} {((flags & 1) == 0 ? "" : "!= ")}@{set.NftName}");
    }

    /// <summary>Writes conditions that must all hold, each with a leading blank.</summary>
    /// <returns>False when nft has no words for one of them.</returns>
    public bool TryWrite(IReadOnlyList<Condition> conditions)
    {
        _canSay = HasProtocol || !Has(conditions, static field => field is ConnectionField { Key: CtKey.ProtoSrc or CtKey.ProtoDst })
            || Has(conditions, static field => field == Field.Ct.Protocol); // nft wants to know whose ports
        for (int rank = 0; rank <= s_first.Length; rank++)
        {
            foreach (Condition condition in conditions)
            {
                if (RankOf(condition.Field) == rank && !TryWrite(condition))
                {
                    return false;
                }
            }
        }

        return _canSay;
    }

    /// <summary>
    /// Writes what a match of a bridge asks of a packet in the frame. nft(8) adds by itself that the frame is of the protocol of a header that is named,
    /// and that the packet is of the protocol whose header is.
    /// </summary>
    /// <param name="frame">The header that follows Ethernet's.</param>
    /// <param name="conditions">The conditions.</param>
    /// <param name="protocol">The protocol of the packet, if it must have one; else 0.</param>
    public bool TryWriteInFrame(Header frame, IReadOnlyList<Condition> conditions, ushort protocol)
    {
        List<Condition> said = [.. conditions];
        ushort outer = Protocol;
        Protocol = protocol;
        if (protocol != 0 && Has(said, static field => field.Header is { IsTransport: true }))
        {
            said.RemoveAll(static condition => condition.Field.Type is FieldType.Protocol);
        }

        if (!Has(said, static field => field.Header is { EtherType: > 0 }))
        {
            output.Write($" ether type {frame.Name}");
            EtherTypes.Add(frame.EtherType);
        }

        _hasNumbersOnly = true;
        _canSay = true;
        bool isSaid = said.TrueForAll(TryWrite) && _canSay;
        _hasNumbersOnly = false;
        Protocol = outer;
        return isSaid;
    }

    private static int RankOf(Field field) => Array.FindIndex(s_first, first =>
        first == field || (first.Type is FieldType.Protocol && field.Type is FieldType.Protocol)) is >= 0 and int rank ? rank : s_first.Length;

    private bool HasProtocol => IsPart || Protocol != 0;

    private static bool Has(IReadOnlyList<Condition> conditions, Predicate<Field> which)
    {
        foreach (Condition condition in conditions)
        {
            if (which(condition.Field))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryWrite(Condition condition)
    {
        if (SaysAsOriginal && condition.Field is HeaderLengthField)
        {
            Write(condition with { Field = condition.Field.Parts[0] }); // in bytes, which nft takes for the header's units
            return true;
        }

        if (condition.Field.Split(condition) is not { } parts)
        {
            return false;
        }

        foreach (Condition part in parts)
        {
            Write(part);
        }

        return true;
    }

    private void Write(Condition condition)
    {
        (Field field, Values values, bool isInverted) = condition;
        string not = isInverted ? " !=" : "";
        WriteName(field);
        UInt128 first = values.First, mask = values.Second;
        switch (values.Kind)
        {
            case ValuesKind.Interval when field is TcpOptionField:
                WriteValue(" ", field, first);
                output.Write(isInverted ? " missing" : " exists");
                break;
            case ValuesKind.Interval:
                output.Write(not);
                WriteInterval(" ", field, (first, values.Second));
                break;
            case ValuesKind.Intervals when values.Parts is [var only] && field is not EitherField:
                output.Write(not);
                WriteInterval(" ", field, only);
                break;
            case ValuesKind.Intervals when field is EitherField either:
                output.Write(" ."u8);
                WriteName(either.Second);
                output.Write(not);
                WritePairs(field, values.Parts);
                break;
            case ValuesKind.Intervals:
                _canSay &= values.Parts.Count > 0;
                output.Write(not);
                WriteSet(field, values.Parts);
                break;
            case ValuesKind.Less or ValuesKind.Greater:
                WriteValue(values.Kind is ValuesKind.Less ? isInverted ? " ge " : " lt " : isInverted ? " le " : " gt ", field, first);
                break;
            case ValuesKind.Masked when field.Type is FieldType.TcpFlags && (UInt128.PopCount(mask) > 1 || (first | mask) == 0): // nft takes no mask of one flag
                output.Write(not);
                WriteBits(" ", field, first);
                WriteBits(" / ", field, mask);
                break;
            case ValuesKind.Masked:
                WriteMasked(" and ", field, first, mask, isInverted);
                break;
            case ValuesKind.Like when field.Type is FieldType.Interface:
                WriteInterface(first & mask, mask, isInverted);
                break;
            case ValuesKind.Like when field.Type is FieldType.Mac && mask == field.Greatest:
                output.Write(not);
                WriteValue(" ", field, first);
                break;
            case ValuesKind.Like when field.Type is FieldType.Mac:
                WriteMasked(" & ", field, first & mask, mask, isInverted);
                break;
            case ValuesKind.Like when Addresses.PrefixLength(Bytes(field, mask)) < 0:
                WriteMasked(" & ", field, first & mask, mask, isInverted);
                break;
            case ValuesKind.Like:
                output.Write(not);
                WriteValue(" ", field, first);
                Addresses.WriteMask(output, Bytes(field, mask));
                break;
            case ValuesKind.AnyBit when !field.IsBits && field.Type is not FieldType.TcpFlags:
                output.Write(" & "u8);
                output.WriteHex((ulong)first);
                output.Write(isInverted ? " 0" : " != 0");
                break;
            case ValuesKind.AnyBit:
                output.Write(isInverted ? " !" : "");
                WriteBits(" ", field, first);
                break;
        }
    }

    private void WriteName(Field field)
    {
        output.Write((byte)' ');
        if (field.Header is { } header)
        {
            EtherTypes.Add(header.EtherType);
            NamesTransport |= header.IsTransport && field is not TcpOptionField;
            output.Write(header.NameIn(Protocol));
            output.Write(field.Name is [',', ..] ? "" : " "); // bytes that have no name
        }

        output.Write(field.Name);
    }

    /// <summary>A name of which only the beginning counts ends in an asterisk; one that is the name's own has a backslash.</summary>
    private void WriteInterface(UInt128 name, UInt128 mask, bool isInverted)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, name);
        ReadOnlySpan<byte> text = bytes.IndexOf((byte)0) is >= 0 and var length ? bytes[..length] : bytes;
        if (mask == 0)
        {
            output.Write(isInverted ? " \"INVAL/D\"" : " != \"INVAL/D\""); // which no interface is called
            return;
        }

        bool isBeginning = ((byte)(mask >> (8 * (15 - text.Length)))) == 0;
        output.Write(isInverted ? " != \"" : " \"");
        output.Write(!isBeginning && text is [.., (byte)'*'] ? text[..^1] : text);
        output.Write(isBeginning ? "*\"" : text is [.., (byte)'*'] ? "\\*\"" : "\"");
        _canSay &= !text.ContainsAny("\"\n"u8);
    }

    private void WriteInterval(string before, Field field, (UInt128 First, UInt128 Last) interval)
    {
        UInt128 greatest = field.Greatest / field.UnitsInKernel;
        _canSay &= interval.First <= interval.Last && interval.First <= greatest;
        interval.Last = UInt128.Min(interval.Last, greatest);
        if (interval.First == interval.Last && field.Type is not FieldType.Address)
        {
            WriteValue(before, field, interval.First);
            return;
        }

        WriteNumber(before, field, interval.First); // nft does not accept ranges of words
        WriteNumber("-", field, interval.Last);
    }

    private void WriteSet(Field field, IReadOnlyList<(UInt128 First, UInt128 Last)> parts)
    {
        string separator = " { ";
        foreach ((UInt128, UInt128) part in parts)
        {
            WriteInterval(separator, field, part);
            separator = ", ";
        }

        output.Write(" }"u8);
    }

    /// <summary>Two adjacent fields, either of which has the value: the other may have any.</summary>
    private void WritePairs(Field field, IReadOnlyList<(UInt128 First, UInt128 Last)> parts)
    {
        (UInt128, UInt128) any = (0, field.Greatest);
        string separator = " { ";
        foreach ((UInt128, UInt128) part in parts)
        {
            WriteInterval(separator, field, any);
            WriteInterval(" . ", field, part);
            WriteInterval(", ", field, part);
            WriteInterval(" . ", field, any);
            separator = ", ";
        }

        output.Write(" }"u8);
    }

    private void WriteMasked(string and, Field field, UInt128 value, UInt128 mask, bool isInverted)
    {
        if (field.Type is FieldType.DeviceGroup or FieldType.Realm)
        {
            Write($"{and}0x{(uint)mask:x} {(isInverted ? "!=" : "==")} 0x{(uint)value:x}"); // a name is that of a whole number
            return;
        }

        WriteValue(and, field, mask);
        WriteValue(isInverted ? " != " : " == ", field, value);
    }

    private void WriteBits(string before, Field field, UInt128 bits)
    {
        foreach ((string word, byte bit) in NftWords.Of(field.Type))
        {
            if ((bits & bit) != 0)
            {
                output.Write(before);
                output.Write(word);
                before = ",";
            }
        }

        if (bits == 0)
        {
            output.Write(before);
            output.Write("0x0"u8);
        }
    }

    private void WriteValue(string before, Field field, UInt128 value)
    {
        foreach ((string word, byte named) in NftWords.Of(field.Type))
        {
            if (value == named && !_hasNumbersOnly)
            {
                output.Write(before);
                output.Write(word);
                return;
            }
        }

        WriteNumber(before, field, value);
    }

    private void WriteNumber(string before, Field field, UInt128 value)
    {
        output.Write(before);
        switch (field.Type)
        {
            case FieldType.Address:
                Addresses.Write(output, Bytes(field, value));
                break;
            case FieldType.Protocol when value == 0: // which iptables calls all
                output.Write("ip"u8);
                break;
            case FieldType.Protocol:
                ProtocolText.WriteName((ushort)value, output, Names);
                break;
            case FieldType.DeviceGroup when Names.TryGetName(NameKind.DeviceGroup, (uint)value, out ReadOnlySpan<byte> group):
                output.Write(group);
                break;
            case FieldType.Realm when Names.TryGetName(NameKind.Realm, (uint)value, out ReadOnlySpan<byte> realm):
                output.Write(realm);
                break;
            case FieldType.Mac:
                WriteMac((ulong)value);
                break;
            case FieldType.EtherType:
                output.Write("0x"u8);
                output.WriteHexDigits((ulong)value, minimum: field.Header is { Base: HeaderBase.Link, EtherType: > 0 } ? 4 : 3); // as the original has it
                break;
            case FieldType.HexByte:
                output.Write("0x"u8);
                output.WriteHexDigits((ulong)value, minimum: 2);
                break;
            case FieldType.Mark or FieldType.DeviceGroup or FieldType.Realm:
                output.WriteHex((ulong)value);
                break;
            default:
                output.WriteNumber((ulong)value);
                break;
        }
    }

    /// <summary>An Ethernet address.</summary>
    /// <param name="address">Its bytes.</param>
    /// <param name="format">How each is written.</param>
    public static string MacOf(ReadOnlySpan<byte> address, string format) =>
        string.Join(':', Array.ConvertAll(address.ToArray(), part => part.ToString(format, CultureInfo.InvariantCulture)));

    private void WriteMac(ulong address)
    {
        for (int shift = 40; shift >= 0; shift -= 8)
        {
            output.WriteHexDigits((byte)(address >> shift), minimum: 2);
            output.Write(shift > 0 ? ":" : "");
        }
    }

    private static ReadOnlySpan<byte> Bytes(Field field, UInt128 address)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return bytes.AsSpan(16 - (field.Bits / 8));
    }
}
