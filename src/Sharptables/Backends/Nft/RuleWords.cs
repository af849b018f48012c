using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Writes rules of nf_tables as nft(8) lists them: what expressions load, compare and do becomes statements. What is not understood stands among
/// them as expressions: <c>[ name number:attribute … ]</c>.
/// </summary>
internal sealed partial class RuleWords
{
    private const int MostBytes = 16; // of a number, or of what one register has

    private static readonly string[] s_operators = ["==", "!=", "<", "<=", ">", ">="];

    private readonly byte _family;
    private readonly SetSource? _sets;
    private readonly NftValues _values;
    private readonly PacketProtocols _protocols;
    private readonly Terms _terms;
    private readonly Term?[] _words = new Term?[Registers.Words + 1];
    private readonly List<string> _statements = [];
    private readonly HashSet<string> _conditions = []; // also those that are not written
    private readonly List<string> _unsaid = []; // expressions since the last statement
    private Term? _atLeast; // that the last statement is ">=" of
    private string _least = "";

    /// <param name="family">The number of the family (<c>NFPROTO_*</c>).</param>
    /// <param name="names">The names of protocols.</param>
    /// <param name="sets">The sets of the table; null if there are none to be had.</param>
    public RuleWords(byte family, INames names, SetSource? sets)
    {
        (_family, _values, _sets) = (family, new NftValues(names), sets);
        _protocols = new PacketProtocols(family);
        _terms = new Terms(_protocols);
    }

    /// <summary>Writes a rule.</summary>
    /// <param name="expressions">What is in <c>NFTA_RULE_EXPRESSIONS</c>.</param>
    /// <param name="userData">What is in <c>NFTA_RULE_USERDATA</c>.</param>
    /// <param name="output">Where to write.</param>
    public void Write(ReadOnlySpan<byte> expressions, ReadOnlySpan<byte> userData, Output output)
    {
        _protocols.Clear();
        Array.Clear(_words);
        _statements.Clear();
        _conditions.Clear();
        _atLeast = null;
        ExpressionList each = new(expressions);
        while (each.MoveNext())
        {
            _unsaid.Add(Dump(each.Name, each.Data));
            if (!Read(each.Name, each.Data))
            {
                SayExpressions();
            }
        }

        SayExpressions();
        if (RuleComment.Find(userData) is { IsEmpty: false } comment)
        {
            _statements.Add($"comment {NftValues.Quoted(comment, "")}");
        }

        output.Write(Encoding.Latin1.GetBytes(string.Join(' ', _statements)));
    }

    private static uint Number(ReadOnlySpan<byte> attributes, ushort type) => NetlinkAttributes.FindNumber(attributes, type);

    private static bool Has(ReadOnlySpan<byte> attributes, ushort type) => !NetlinkAttributes.Find(attributes, type).IsEmpty;

    private static string Text(ReadOnlySpan<byte> attributes, ushort type) => Encoding.Latin1.GetString(NetlinkAttributes.FindText(attributes, type));

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> attributes, ushort type) =>
        NetlinkAttributes.Find(NetlinkAttributes.Find(attributes, type), NfTables.Data.Value);

    /// <summary>An expression as it is: its attributes by number, each with its text or bytes.</summary>
    private static string Dump(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        StringBuilder text = new($"[ {Encoding.Latin1.GetString(name)}");
        NetlinkAttributes each = new(data);
        while (each.MoveNext())
        {
            bool isText = each.Data is [.. [_, ..] printed, 0] && !printed.ContainsAnyExceptInRange((byte)'!', (byte)'~');
            ReadOnlySpan<byte> bytes = each.Data.Length > MostBytes ? each.Data.TrimEnd((byte)0) : each.Data; // structs of x_tables have room for long names
            text.Append(CultureInfo.InvariantCulture, $" {each.Type}:{(isText ? Encoding.ASCII.GetString(each.Text) : Convert.ToHexStringLower(bytes))}");
        }

        return text.Append(" ]").ToString();
    }

    private void SayExpressions()
    {
        _statements.AddRange(_unsaid);
        _unsaid.Clear();
        _atLeast = null;
    }

    /// <summary>Adds a statement. Those in front of it that nft puts there by itself are taken away.</summary>
    private bool Say(string statement, IReadOnlyList<string>? needs = null)
    {
        for (int i = needs?.Count ?? 0; --i >= 0 && _statements is [.., var last] && last == needs![i];)
        {
            bool areTested = true;
            for (int before = 0; before < i; before++)
            {
                areTested &= _conditions.Contains(needs[before]);
            }

            if (!areTested)
            {
                break;
            }

            _statements.RemoveAt(_statements.Count - 1);
        }

        _statements.Add(statement);
        _ = _conditions.Add(statement);
        _unsaid.Clear();
        _atLeast = null;
        return true;
    }

    /// <summary>Adds a statement that asks for nothing in registers: what is in them has not been said.</summary>
    private bool SayAlone(string statement)
    {
        _statements.AddRange(_unsaid[..^1]);
        return Say(statement);
    }

    /// <summary>Reads an expression; false when it is not understood.</summary>
    private bool Read(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data) => Encoding.Latin1.GetString(name) switch
    {
        "bitwise" => Change(data),
        "byteorder" => Swap(data),
        "cmp" => Compare(data),
        "connlimit" => SayConnectionLimit(data),
        "counter" => SayCounter(data),
        "ct" when Has(data, NfTables.Ct.Source) => SetConnection(data),
        "ct" => Put(Number(data, NfTables.Ct.Destination), _terms.OfConnection(data)),
        "dup" => SayDuplicate(data),
        "dynset" => SayDynamicSet(data),
        "exthdr" when Has(data, NfTables.ExtensionHeader.Destination) => Put(Number(data, NfTables.ExtensionHeader.Destination), _terms.OfExtensionHeader(data)),
        "exthdr" => SetExtensionHeader(data),
        "fib" => Put(Number(data, NfTables.Fib.Destination), Terms.OfFib(data)),
        "flow_offload" => Say($"flow add @{Text(data, NfTables.FlowOffload.Table)}"),
        "fwd" => SayForward(data),
        "hash" => LoadHash(data),
        "immediate" => ReadImmediate(data),
        "limit" => SayLimit(data),
        "log" => SayLog(data),
        "lookup" => LookUp(data),
        "masq" => SayPorts("masquerade", data, NfTables.Masquerade.FirstPort, NfTables.Masquerade.LastPort, NfTables.Masquerade.Flags),
        "meta" when Has(data, NfTables.Meta.Source) => SetMeta(data),
        "meta" => Put(Number(data, NfTables.Meta.Destination), Terms.OfMeta(data)),
        "nat" => SayNat(data),
        "notrack" => SayAlone("notrack"),
        "numgen" => Put(Number(data, NfTables.Generator.Destination), Terms.OfGenerator(data)),
        "objref" => SayObject(data),
        "osf" => Put(Number(data, NfTables.OsFingerprint.Destination), Terms.OfFingerprint(data)),
        "payload" when Has(data, NfTables.Payload.Source) => SetPayload(data),
        "payload" => Put(Number(data, NfTables.Payload.Destination), _terms.OfPayload(data)),
        "queue" => SayQueue(data),
        "quota" => SayQuota(data),
        "range" => CompareRange(data),
        "redir" => SayPorts("redirect", data, NfTables.Redirect.FirstPort, NfTables.Redirect.LastPort, NfTables.Redirect.Flags),
        "reject" => SayReject(data),
        "rt" => Put(Number(data, NfTables.Route.Destination), Terms.OfRouting(data)),
        "socket" => Put(Number(data, NfTables.Socket.Destination), Terms.OfSocket(data)),
        "synproxy" => SaySynProxy(data),
        "tproxy" => SayTransparentProxy(data),
        "xfrm" => Put(Number(data, NfTables.Xfrm.Destination), Terms.OfXfrm(data)),
        _ => false,
    };

    private bool Put(uint register, Term? term)
    {
        if (term is null)
        {
            return false;
        }

        int word = Registers.WordOf(register), count = (term.Length + Registers.WordSize - 1) / Registers.WordSize;
        if (word < 0 || word + count > Registers.Words)
        {
            return false;
        }

        _words.AsSpan(word, count).Clear();
        _words[word] = term;
        return true;
    }

    private Term? Take(uint register) => Registers.WordOf(register) is >= 0 and int word ? _words[word] : null;

    /// <summary>What lies in registers one behind the other; empty when that is not known.</summary>
    private List<Term> TakeAll(uint register, int length)
    {
        List<Term> terms = [];
        for (int word = Registers.WordOf(register); word >= 0 && length > 0;)
        {
            if (word >= Registers.Words || _words[word] is not { } term)
            {
                return [];
            }

            // Of data of the kernel a prefix may be compared: names of interfaces fill sixteen bytes.
            terms.Add(InWords(term));
            int count = (term.Length + Registers.WordSize - 1) / Registers.WordSize;
            word += count;
            length -= count * Registers.WordSize;
        }

        return terms;
    }

    private bool LoadHash(ReadOnlySpan<byte> data)
    {
        const uint Symmetric = 1; // NFT_HASH_SYM
        string modulus = string.Create(CultureInfo.InvariantCulture, $"mod {Number(data, NfTables.Hash.Modulus)}");
        string offset = Terms.Offset(Number(data, NfTables.Hash.Offset));
        uint into = Number(data, NfTables.Hash.Destination);
        if (Number(data, NfTables.Hash.Type) == Symmetric)
        {
            return Put(into, new Term($"symhash {modulus}{offset}", NftType.Number, 32));
        }

        List<Term> terms = TakeAll(Number(data, NfTables.Hash.Source), (int)Number(data, NfTables.Hash.Length));
        string seed = Has(data, NfTables.Hash.Seed) && Number(data, NfTables.Hash.Seed) is not 0 and var given ? $" seed 0x{given:x}" : "";
        return terms.Count > 0 && Put(into, new Term($"jhash {Joined(terms)} {modulus}{seed}{offset}", NftType.Number, 32) { Needs = NeedsOf(terms) });
    }

    private bool Change(ReadOnlySpan<byte> data)
    {
        if (Take(Number(data, NfTables.Bitwise.Source)) is not { Lookup: null, Value: null } term)
        {
            return false;
        }

        uint into = Number(data, NfTables.Bitwise.Destination);
        switch (Number(data, NfTables.Bitwise.Operation))
        {
            case 0 when Value(data, NfTables.Bitwise.Mask) is { Length: > 0 and <= 16 } mask && Value(data, NfTables.Bitwise.Xor) is var xor
                && xor.Length == mask.Length:
                term = term.Change is null ? term : InWords(term);
                return Put(into, term with
                {
                    Change = (NftValues.Number(mask, term.IsNetworkOrder), NftValues.Number(xor, term.IsNetworkOrder)),
                });
            case 1 or 2 when Value(data, NfTables.Bitwise.Data) is { Length: sizeof(uint) } bits:
                bool isLeft = Number(data, NfTables.Bitwise.Operation) == 1;
                int count = (int)NftValues.Number(bits, isNetworkOrder: false);
                term = InWords(term);
                return Put(into, !isLeft && count > 0 && count == term.Shift
                    ? term with { Shift = 0 }
                    : term with { Text = $"{term.Text} {(isLeft ? "<<" : ">>")} {count}" });
            default:
                return false;
        }
    }

    private bool Swap(ReadOnlySpan<byte> data) => Take(Number(data, NfTables.ByteOrder.Source)) is { } term
        && Put(Number(data, NfTables.ByteOrder.Destination), InWords(term) with { IsNetworkOrder = Number(data, NfTables.ByteOrder.Operation) == 1 });

    /// <summary>A term of which all that was done is in its words.</summary>
    private Term InWords(Term loaded)
    {
        Term term = loaded.Named;
        if (term.Change is not var (and, changed))
        {
            return term;
        }

        UInt128 kept = and | changed;
        string text = term.Text;
        text += kept == UInt128.MaxValue >> (128 - term.Bits) ? "" : $" & {Masked(term, kept)}";
        text += (and & changed) == 0 ? "" : $" ^ {Masked(term, and & changed)}";
        text += (~and & changed) == 0 ? "" : $" | {Masked(term, ~and & changed)}";
        return term with { Text = text, Change = null };
    }

    /// <summary>A mask as nft writes it.</summary>
    private string Masked(Term term, UInt128 mask)
    {
        if (!term.Type.IsBits)
        {
            return _values.Plain(term.Type, mask, term.Bits);
        }

        string bits = _values.Of(term.Type, mask, term.Bits);
        return UInt128.PopCount(mask) > 1 ? $"({bits.Replace(",", " | ", StringComparison.Ordinal)})" : bits;
    }

    private bool Compare(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> value = Value(data, NfTables.Compare.Data);
        uint operation = Number(data, NfTables.Compare.Operation);
        if (Take(Number(data, NfTables.Compare.Source)) is not { Value: null } term || value.IsEmpty || operation >= s_operators.Length)
        {
            return false;
        }

        if (term is { Place: var (header, offset), Change: null } && operation <= 1 && header?.At(offset, term.Bits, term.Message) is null)
        {
            if (Array.Find(header?.Fields ?? [], field => field.Offset == offset && field.Bits > term.Bits && field.Type == NftType.Address) is { } address)
            {
                return SayCondition(term with { Text = $"{term.Text}{address.Name}", Type = address.Type, Bits = address.Bits, Place = null }, operation, value);
            }

            if (operation == 0 && FieldsOf(header, offset, term.Bits) is { Count: > 1 } fields)
            {
                foreach (NftField field in fields)
                {
                    SayCondition(
                        term with { Text = $"{term.Text}{field.Name}", Type = field.Type, Bits = field.Bits, Place = null }, 0, value[..(field.Bits / 8)]);
                    value = value[(field.Bits / 8)..];
                }

                return true;
            }
        }

        return SayCondition(term, operation, value);
    }

    /// <summary>The fields that together are all that was loaded.</summary>
    private static List<NftField> FieldsOf(NftHeader? header, int offset, int bits)
    {
        List<NftField> fields = [];
        foreach (NftField field in header?.Fields ?? [])
        {
            if (field.Offset == offset && field.Bits <= bits && field.Bits % 8 == 0)
            {
                fields.Add(field);
                offset += field.Bits;
                bits -= field.Bits;
            }
        }

        return bits == 0 ? fields : [];
    }

    private bool SayCondition(Term loaded, uint operation, ReadOnlySpan<byte> value)
    {
        Term term = loaded.Named;
        UInt128 number = value.Length > 16 ? 0 : NftValues.Number(value, term.IsNetworkOrder) >> term.Shift;
        string sign = operation == 0 ? "" : $" {s_operators[operation]}";
        if (term.Change is var (mask, xor))
        {
            if (term.Type.IsBits && xor == 0 && operation <= 1)
            {
                string bits = _values.Of(term.Type, mask, term.Bits), wanted = _values.Of(term.Type, number, term.Bits);
                bool isFlags = term.Type == NftType.TcpFlags && !(operation == 1 && number == mask);
                return Say(
                    number == 0 ? $"{term.Text}{(operation == 0 ? " !" : "")} {bits}"
                    : isFlags ? $"{term.Text}{sign} {wanted} / {bits}"
                    : $"{InWords(term).Text} {s_operators[operation]} {Masked(term, number)}",
                    term.Needs);
            }

            if (term.Type == NftType.Address && xor == 0 && operation <= 1 && (number & ~mask) == 0
                && PrefixOf(mask, term.Bits) is > 0 and var prefix && prefix % 8 != 0)
            {
                return Say($"{term.Text}{sign} {_values.Of(term.Type, value, term.IsNetworkOrder, term.Bits)}/{prefix}", term.Needs);
            }

            sign = $" {s_operators[operation]}";
            term = InWords(term);
            return Say($"{term.Text}{sign} {(term.Type.IsBits ? Masked(term, number) : _values.Plain(term.Type, number, term.Bits))}", term.Needs);
        }

        if (term.Type == NftType.Address && value.Length * 8 < term.Bits)
        {
            byte[] whole = new byte[term.Bits / 8];
            value.CopyTo(whole);
            return Say($"{term.Text}{sign} {_values.Of(term.Type, whole, true, term.Bits)}/{value.Length * 8}", term.Needs);
        }

        string word = term.Shift > 0 ? _values.Of(term.Type, number, term.Bits) : _values.Of(term.Type, value, term.IsNetworkOrder, term.Bits);
        if (operation == 3 && ReferenceEquals(_atLeast, loaded))
        {
            _statements[^1] = $"{_least}-{_values.Plain(term.Type, number, term.Bits)}";
            _unsaid.Clear();
            return true;
        }

        if (operation == 0)
        {
            _protocols.Learn(term.Text, number, word);
        }

        _ = Say($"{term.Text}{(operation == 0 && term.Type.IsBits ? " ==" : sign)} {word}", term.Needs);
        (_atLeast, _least) = operation == 5 ? (loaded, $"{term.Text} {_values.Plain(term.Type, number, term.Bits)}") : (null, "");
        return true;
    }

    private static int PrefixOf(UInt128 mask, int bits)
    {
        UInt128 rest = (UInt128.MaxValue >> (128 - bits)) & ~mask;
        return (rest & (rest + 1)) == 0 ? (int)UInt128.PopCount(mask) : -1;
    }

    private bool CompareRange(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> from = Value(data, NfTables.Range.From), to = Value(data, NfTables.Range.To);
        uint operation = Number(data, NfTables.Range.Operation);
        if (Take(Number(data, NfTables.Range.Source)) is not { Value: null } loaded || from.Length is 0 or > 16 || to.Length != from.Length || operation > 1)
        {
            return false;
        }

        Term term = InWords(loaded);
        return Say($"{term.Text}{(operation == 1 ? " !=" : "")} {Interval(term, from, to)}", term.Needs);
    }

    /// <summary>All values from one to another.</summary>
    private string Interval(Term term, ReadOnlySpan<byte> first, ReadOnlySpan<byte> last)
    {
        if (first.SequenceEqual(last))
        {
            return term.Shift > 0
                ? _values.Of(term.Type, NftValues.Number(first, term.IsNetworkOrder) >> term.Shift, term.Bits)
                : _values.Of(term.Type, first, term.IsNetworkOrder, term.Bits);
        }

        int same = first.CommonPrefixLength(last);
        if (term.Type == NftType.Interface && !first[same..].ContainsAnyExcept((byte)0) && !last[same..].ContainsAnyExcept((byte)0xff))
        {
            return NftValues.Quoted(first[..same], "*");
        }

        if (first.Length > 16)
        {
            return $"{_values.Of(term.Type, first, true, term.Bits)}-{_values.Of(term.Type, last, true, term.Bits)}";
        }

        UInt128 from = NftValues.Number(first, term.IsNetworkOrder), to = NftValues.Number(last, term.IsNetworkOrder);
        int bits = first.Length * 8;
        return term.Type == NftType.Address && (from & (from ^ to)) == 0 && PrefixOf(~(from ^ to) & (UInt128.MaxValue >> (128 - bits)), bits) is >= 0 and int prefix
            ? $"{_values.Plain(term.Type, from, bits)}/{prefix}"
            : $"{_values.Plain(term.Type, from >> term.Shift, term.Bits)}-{_values.Plain(term.Type, to >> term.Shift, term.Bits)}";
    }

    private bool LookUp(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> name = NetlinkAttributes.FindText(data, NfTables.Lookup.Set);
        NftSet? set = _sets?.Invoke(name);
        List<Term> terms = TakeAll(Number(data, NfTables.Lookup.Source), set?.KeyLength ?? 1);
        if (terms.Count == 0)
        {
            return false;
        }

        string key = Joined(terms), shown = $"@{Encoding.Latin1.GetString(name)}";
        List<string> needs = NeedsOf(terms);
        NetlinkAttributes into = new(data);
        while (into.MoveNext())
        {
            if (into.Type == NfTables.Lookup.Destination)
            {
                return into.Number == NfTables.VerdictRegister
                    ? Say($"{key} vmap {ElementsOf(set, terms, shown, static _ => "")}", needs)
                    : Put(into.Number, new Term("", NftType.Hex, 32)
                    {
                        Lookup = write => $"{key} map {ElementsOf(set, terms, shown, write)}",
                        Needs = needs,
                    });
            }
        }

        return Say($"{key}{((Number(data, NfTables.Lookup.Flags) & 1) != 0 ? " !=" : "")} {ElementsOf(set, terms, shown, null)}", needs);
    }

    private static string Joined(List<Term> terms) => string.Join(" . ", terms.ConvertAll(static term => term.Text));

    private static List<string> NeedsOf(List<Term> terms)
    {
        List<string> needs = [];
        terms.ForEach(term => needs.AddRange([.. term.Needs]));
        return needs;
    }

    /// <summary>Writes the elements of a set that has no name.</summary>
    private string ElementsOf(NftSet? set, List<Term> terms, string name, ValueWriter? data)
    {
        if (set?.Elements is not { } elements)
        {
            return name;
        }

        List<string> all = [];
        foreach (NftSetElement element in elements)
        {
            List<string> parts = [];
            int at = 0;
            foreach (Term term in terms)
            {
                int length = Math.Min(term.Length, element.First.Length - at);
                if (length <= 0)
                {
                    return name;
                }

                parts.Add(Interval(term, element.First.AsSpan(at, length), element.Last.AsSpan(at, length)));
                at += (length + 3) & ~3;
            }

            string text = string.Join(" . ", parts);
            if (data is not null)
            {
                ReadOnlySpan<byte> verdict = NetlinkAttributes.Find(element.Data, NfTables.Data.Verdict);
                text += $" : {(verdict.IsEmpty ? data(NetlinkAttributes.Find(element.Data, NfTables.Data.Value)) : VerdictText(verdict))}";
            }

            all.Add(text);
        }

        return $"{{ {string.Join(", ", all)} }}";
    }
}
