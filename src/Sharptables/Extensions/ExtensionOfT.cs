using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Formats.Nft;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>An extension with its kernel struct. Derive from <see cref="Match{TInfo}"/> or <see cref="Target{TInfo}"/>.</summary>
/// <typeparam name="TInfo">The kernel's struct of the newest revision.</typeparam>
internal abstract class Extension<TInfo> : Extension
    where TInfo : unmanaged
{
    /// <summary>Narrows the newest struct to an older one; returns null, or what the older one cannot express.</summary>
    protected delegate string? Narrowing<TOld>(in TInfo newest, ref TOld older)
        where TOld : unmanaged;

    protected delegate void Widening<TOld>(in TOld older, ref TInfo newest)
        where TOld : unmanaged;

    private byte[]? _listed;

    /// <inheritdoc/>
    public sealed override int PayloadSize => Unsafe.SizeOf<TInfo>();

    /// <inheritdoc/>
    protected sealed override void SetDefaults(Span<byte> payload) => Begin(ref As(payload));

    /// <inheritdoc/>
    protected sealed override void Complete(Span<byte> payload, in Given given, RuleInProgress rule) => Finish(ref As(payload), given, rule);

    /// <inheritdoc/>
    public sealed override string? Misuse(ReadOnlySpan<byte> payload, in Format format) => Misuse(in As(payload), format);

    /// <inheritdoc/>
    public sealed override string? Misuse(ReadOnlySpan<byte> payload, Rule rule, Hooks hooks) => Misuse(in As(payload), rule, hooks);

    /// <inheritdoc/>
    public sealed override Statement? StatementIn(ReadOnlySpan<byte> payload) => StatementIn(in As(payload));

    /// <inheritdoc/>
    public sealed override bool TryTake(Statement statement, Span<byte> payload) => TryTake(statement, ref As(payload));

    /// <inheritdoc/>
    public sealed override bool Translate(ReadOnlySpan<byte> payload, NftText nft) => Translate(in As(payload), nft);

    /// <inheritdoc/>
    public sealed override string? Alias(ReadOnlySpan<byte> payload) => Alias(in As(payload));

    /// <inheritdoc/>
    public sealed override void List(ReadOnlySpan<byte> payload, Output output, in Format format) => List(in As(payload), output, format);

    internal static ref TInfo As(Span<byte> payload) => ref MemoryMarshal.AsRef<TInfo>(payload);

    internal static ref readonly TInfo As(ReadOnlySpan<byte> payload) => ref MemoryMarshal.AsRef<TInfo>(payload);

    /// <summary>Sets the defaults that the options do not declare; everything else is zero.</summary>
    protected virtual void Begin(ref TInfo info)
    {
    }

    /// <summary>Checks across options and completes the struct; required, excluded and needed options have been checked before.</summary>
    protected virtual void Finish(ref TInfo info, in Given given, RuleInProgress rule)
    {
    }

    /// <summary>What the kernel would refuse about this struct beyond <see cref="Usage"/>, or null.</summary>
    protected virtual string? Misuse(in TInfo info, in Format format) => null;

    /// <summary>What the kernel would refuse about this struct in its place, given the rest of the rule and its hooks, or null.</summary>
    protected virtual string? Misuse(in TInfo info, Rule rule, Hooks hooks) => null;

    /// <summary>The statement that iptables over nf_tables writes for this struct, or null.</summary>
    protected virtual Statement? StatementIn(in TInfo info) => null;

    /// <summary>Makes this struct, which has its defaults, say what a statement of nf_tables does; false if it cannot.</summary>
    protected virtual bool TryTake(Statement statement, ref TInfo info) => false;

    /// <summary>Writes this struct in the words of nft(8). Override it only where that is more, or other, than the conditions of the options.</summary>
    /// <returns>False when nft cannot say it; what was written is then to be discarded.</returns>
    protected virtual bool Translate(in TInfo info, NftText nft) =>
        StatementIn(info) is { } statement ? nft.TryWrite(statement) : base.Translate(MemoryMarshal.AsBytes(new ReadOnlySpan<TInfo>(in info)), nft);

    /// <inheritdoc/>
    protected sealed override Answer AskOther(Option option, ReadOnlySpan<byte> payload, Packet packet) => AskOther(option, in As(payload), packet);

    /// <summary>Whether one of its options that are conditions on no field takes a packet.</summary>
    protected virtual Answer AskOther(Option option, in TInfo info, Packet packet) => Answer.Unknown;

    /// <inheritdoc/>
    public sealed override Fate? Act(ReadOnlySpan<byte> payload, Packet packet) => Act(As(payload), packet);

    /// <summary>Does with a packet what this struct says.</summary>
    /// <returns>What becomes of the packet; null if that is not known.</returns>
    protected virtual Fate? Act(in TInfo info, Packet packet) => null;

    /// <summary>Another name under which this struct is shown, or null.</summary>
    protected virtual string? Alias(in TInfo info) => null;

    /// <summary>Writes the listing: the name, then the options. Override it only where iptables prints something else.</summary>
    protected virtual void List(in TInfo info, Output output, in Format format)
    {
        output.Write(_listed ??= Encoding.UTF8.GetBytes(ListedAs ?? $" {Name}"));
        ListOptions(info, output, format);
    }

    /// <summary>Writes the options as in a listing.</summary>
    protected void ListOptions(in TInfo info, Output output, in Format format)
    {
        ReadOnlySpan<byte> payload = MemoryMarshal.AsBytes(new ReadOnlySpan<TInfo>(in info));
        foreach (Option option in Options)
        {
            if (!option.IsShorthand && option.IsListed(payload))
            {
                option.List(payload, output, format);
            }
        }
    }

    /// <summary>For an option that no listing shows.</summary>
    protected static bool Never(in TInfo info) => false;

    /// <summary>For an option that every listing shows.</summary>
    protected static bool Always(in TInfo info) => true;

    /// <summary>Declares an option with a value.</summary>
    /// <param name="name">The name.</param>
    /// <param name="syntax">How the value is written.</param>
    /// <param name="field">The field that holds the value.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="absent">The value without the option, which is not saved then. Null where something else decides.</param>
    /// <param name="when">Decides whether it is saved.</param>
    /// <param name="present">Set when the option is read; it is saved only if this is set.</param>
    /// <param name="invert">Set when <c>!</c> precedes it; null: it cannot be inverted.</param>
    /// <param name="label">
    /// What precedes the value in a listing, including blanks: <c>" every "</c>; null for a blank, the name and a blank.
    /// </param>
    /// <param name="invertedLabel">The same when inverted; null for <c>" !"</c> and the label.</param>
    /// <param name="listing">Writes it in a listing, where that is not label and value.</param>
    /// <param name="listed">Decides whether a listing shows it; null: whenever it is saved.</param>
    /// <param name="fullName">The name in messages, if it is another.</param>
    /// <param name="aliases">Other names for it; null for the full name.</param>
    /// <param name="required">Whether it must be given.</param>
    /// <param name="repeat">Whether it may be given more than once.</param>
    /// <param name="shorthand">Whether it is only another way to write what some other option saves.</param>
    /// <param name="excludes">Options that must not be given with it.</param>
    /// <param name="needs">Options that must be given with it.</param>
    /// <param name="since">The first revision that has it.</param>
    /// <param name="complaint">The message when it is given twice or with an option it excludes; null for the usual ones.</param>
    /// <param name="helpRank">Help shows options of a lower rank first.</param>
    /// <param name="of">The field of a packet that it is a condition on.</param>
    /// <param name="relation">How the packet's number is compared with the value.</param>
    /// <param name="idle">Whether kernels ignore it.</param>
    protected static Option<TInfo, TValue> Option<TValue>(
        string name,
        Syntax<TValue> syntax,
        FieldRef<TInfo, TValue> field,
        string summary,
        TValue? absent = null,
        Question<TInfo>? when = null,
        Switch<TInfo>? present = null,
        Switch<TInfo>? invert = null,
        string? label = null,
        string? invertedLabel = null,
        Listing<TValue>? listing = null,
        Question<TInfo>? listed = null,
        string? fullName = null,
        string[]? aliases = null,
        bool required = false,
        bool repeat = false,
        bool shorthand = false,
        Option[]? excludes = null,
        Option[]? needs = null,
        byte since = 0,
        string? complaint = null,
        int helpRank = 0,
        Field? of = null,
        Relation relation = Relation.Equal,
        bool idle = false)
        where TValue : unmanaged =>
        new(name, syntax, field, summary)
        {
            Absent = absent is { } value ? BytesOf(value) : null,
            When = when,
            Present = present,
            Invert = invert,
            Label = label,
            InvertedLabel = invertedLabel,
            Listing = listing,
            Listed = listed,
            FullName = fullName ?? name,
            Aliases = aliases ?? (fullName is null ? [] : [fullName]),
            IsRequired = required,
            MayRepeat = repeat,
            IsShorthand = shorthand,
            Excluded = excludes,
            Needs = needs,
            Since = since,
            Complaint = complaint,
            HelpRank = helpRank,
            Of = of,
            Relation = relation,
            IsIdle = idle,
        };

    /// <summary>Declares an option without a value.</summary>
    /// <param name="name">The name.</param>
    /// <param name="present">What it sets.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="when">Decides whether it is saved.</param>
    /// <param name="invert">Set when <c>!</c> precedes it; null: it cannot be inverted.</param>
    /// <param name="label">Its text in a listing, with a leading blank; null for a blank and the name.</param>
    /// <param name="invertedLabel">The same when inverted; null for <c>" !"</c> and the label.</param>
    /// <param name="required">Whether it must be given.</param>
    /// <param name="repeat">Whether it may be given more than once.</param>
    /// <param name="shorthand">Whether it is only another way to write what some other option saves.</param>
    /// <param name="excludes">Options that must not be given with it.</param>
    /// <param name="needs">Options that must be given with it.</param>
    /// <param name="since">The first revision that has it.</param>
    /// <param name="complaint">The message when it is given twice or with an option it excludes; null for the usual ones.</param>
    /// <param name="helpRank">Help shows options of a lower rank first.</param>
    /// <param name="of">The field of a packet that it is a condition on.</param>
    /// <param name="has">The values of the field.</param>
    /// <param name="idle">Whether kernels ignore it.</param>
    protected static Option<TInfo> Flag(
        string name,
        Switch<TInfo> present,
        string summary,
        Question<TInfo>? when = null,
        Switch<TInfo>? invert = null,
        string? label = null,
        string? invertedLabel = null,
        bool required = false,
        bool repeat = false,
        bool shorthand = false,
        Option[]? excludes = null,
        Option[]? needs = null,
        byte since = 0,
        string? complaint = null,
        int helpRank = 0,
        Field? of = null,
        Values has = default,
        bool idle = false) =>
        new(name, summary)
        {
            Present = present,
            When = when,
            Invert = invert,
            Label = label,
            InvertedLabel = invertedLabel,
            IsRequired = required,
            MayRepeat = repeat,
            IsShorthand = shorthand,
            Excluded = excludes,
            Needs = needs,
            Since = since,
            Complaint = complaint,
            HelpRank = helpRank,
            Of = of,
            Has = has,
            IsIdle = idle,
        };

    /// <summary>Options of which only one may be given.</summary>
    protected static Option[] OneOf(params Option[] options)
    {
        foreach (Option option in options)
        {
            option.Excluded = option.Excluded is { } others ? [.. options, .. others] : options;
        }

        return options;
    }

    /// <summary>Options of which none may be given without the others.</summary>
    protected static Option[] Together(params Option[] options)
    {
        foreach (Option option in options)
        {
            option.Needs = option.Needs is { } others ? [.. options, .. others] : options;
        }

        return options;
    }

    /// <summary>A switch made of two functions: one tells whether it is set, one sets it.</summary>
    protected static Switch<TInfo> Switch(Question<TInfo> isSet, Change<TInfo> set) => new MadeSwitch<TInfo>(isSet, set);

    /// <summary>Bits of an 8-bit flags field.</summary>
    protected static Switch<TInfo> Bit(FieldRef<TInfo, byte> field, byte mask) => new FlagBit<TInfo, byte>(field, mask);

    /// <summary>Bits of a 16-bit flags field.</summary>
    protected static Switch<TInfo> Bit(FieldRef<TInfo, ushort> field, ushort mask) => new FlagBit<TInfo, ushort>(field, mask);

    /// <summary>Bits of a 32-bit flags field.</summary>
    protected static Switch<TInfo> Bit(FieldRef<TInfo, uint> field, uint mask) => new FlagBit<TInfo, uint>(field, mask);

    /// <summary>Whether a field has one of some values; setting it stores the first.</summary>
    protected static Switch<TInfo> Is(FieldRef<TInfo, byte> field, params byte[] values) =>
        new FieldValue<TInfo>(field, values);

    /// <summary>Declares an older revision with a struct of its own.</summary>
    protected static OlderLayout Older<TOld>(
        byte revision, Narrowing<TOld> narrow, Widening<TOld> widen, string? kernelName = null, Families families = Families.Both)
        where TOld : unmanaged => new TypedLayout<TOld>(revision, narrow, widen, kernelName, families);

    /// <summary>Declares an older revision whose struct is the beginning of the newest, or all of it.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="cannotSay">What it cannot express of a newest struct, for a message, or null.</param>
    protected static OlderLayout Older<TOld>(byte revision, Func<TInfo, string?> cannotSay)
        where TOld : unmanaged => Older<TOld>(
            revision,
            (in newest, ref older) =>
            {
                older = MemoryMarshal.AsRef<TOld>(MemoryMarshal.AsBytes(new ReadOnlySpan<TInfo>(in newest)));
                return cannotSay(newest);
            },
            static (in older, ref newest) => MemoryMarshal.AsRef<TOld>(MemoryMarshal.AsBytes(new Span<TInfo>(ref newest))) = older);

    /// <summary>The number of bytes up to the end of a field: for <see cref="Extension.ComparedSize"/>.</summary>
    protected static int Through<TField>(FieldRef<TInfo, TField> last)
        where TField : unmanaged => OffsetOf(last) + Unsafe.SizeOf<TField>();

    internal static int OffsetOf<TField>(FieldRef<TInfo, TField> field)
    {
        TInfo info = default;
        return (int)Unsafe.ByteOffset(ref Unsafe.As<TInfo, byte>(ref info), ref Unsafe.As<TField, byte>(ref field(ref info)));
    }

    private static byte[] BytesOf<TValue>(in TValue value)
        where TValue : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value)).ToArray();

    private sealed class TypedLayout<TOld>(
        byte revision, Narrowing<TOld> narrow, Widening<TOld> widen, string? kernelName, Families families) :
        OlderLayout(revision, Unsafe.SizeOf<TOld>(), kernelName, families)
        where TOld : unmanaged
    {
        public override string? Narrow(ReadOnlySpan<byte> newest, Span<byte> older) =>
            narrow(in As(newest), ref MemoryMarshal.AsRef<TOld>(older));

        public override void Widen(ReadOnlySpan<byte> older, Span<byte> newest) =>
            widen(in MemoryMarshal.AsRef<TOld>(older), ref As(newest));
    }
}
