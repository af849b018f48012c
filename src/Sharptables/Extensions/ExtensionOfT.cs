using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>An extension on its own kernel struct. Derive from <see cref="Match{TInfo}"/> or <see cref="Target{TInfo}"/>.</summary>
/// <typeparam name="TInfo">The kernel's struct of the newest revision.</typeparam>
public abstract class Extension<TInfo> : Extension
    where TInfo : unmanaged
{
    /// <summary>Narrows the newest struct to an older one; gives null, or what that one cannot say.</summary>
    protected delegate string? Narrowing<TOld>(in TInfo newest, ref TOld older)
        where TOld : unmanaged;

    /// <summary>Widens an older struct to the newest.</summary>
    protected delegate void Widening<TOld>(in TOld older, ref TInfo newest)
        where TOld : unmanaged;

    /// <inheritdoc/>
    public sealed override int PayloadSize => Unsafe.SizeOf<TInfo>();

    /// <inheritdoc/>
    public sealed override void Begin(Span<byte> payload, RuleInProgress rule) => Begin(ref As(payload), rule);

    /// <inheritdoc/>
    public sealed override void Finish(Span<byte> payload, in Given given, RuleInProgress rule) => Finish(ref As(payload), given, rule);

    /// <inheritdoc/>
    public sealed override string? Misuse(ReadOnlySpan<byte> payload, in Format format) => Misuse(in As(payload), format);

    /// <inheritdoc/>
    public sealed override string? Misuse(ReadOnlySpan<byte> payload, Rule rule, Hooks hooks) => Misuse(in As(payload), rule, hooks);

    /// <inheritdoc/>
    public sealed override string? Alias(ReadOnlySpan<byte> payload) => Alias(in As(payload));

    /// <inheritdoc/>
    public sealed override void List(ReadOnlySpan<byte> payload, Output output, in Format format) => List(in As(payload), output, format);

    /// <summary>The struct that a payload is.</summary>
    internal static ref TInfo As(Span<byte> payload) => ref MemoryMarshal.AsRef<TInfo>(payload);

    /// <summary>The struct that a payload is.</summary>
    internal static ref readonly TInfo As(ReadOnlySpan<byte> payload) => ref MemoryMarshal.AsRef<TInfo>(payload);

    /// <summary>Sets what holds when no option is given; the struct is all zero before.</summary>
    protected virtual void Begin(ref TInfo info, RuleInProgress rule)
    {
    }

    /// <summary>Checks across options, and completes the struct; required options, exclusions and needs have been checked.</summary>
    protected virtual void Finish(ref TInfo info, in Given given, RuleInProgress rule)
    {
    }

    /// <summary>The rule of use that this struct breaks, beyond <see cref="Usage"/>, or null.</summary>
    protected virtual string? Misuse(in TInfo info, in Format format) => null;

    /// <summary>The rule of use that this struct breaks in its place, for what else is in the rule or where that stands, or null.</summary>
    protected virtual string? Misuse(in TInfo info, Rule rule, Hooks hooks) => null;

    /// <summary>The other name under which this struct is shown, or null.</summary>
    protected virtual string? Alias(in TInfo info) => null;

    /// <summary>
    /// Writes the listing: the name, then every option that the struct holds. Override it only where iptables prints something else.
    /// </summary>
    protected virtual void List(in TInfo info, Output output, in Format format)
    {
        output.Write((byte)' ');
        output.Write(Name);
        ListOptions(info, output, format);
    }

    /// <summary>Writes the options that the struct holds, as a listing has them, from one place on up to another.</summary>
    protected void ListOptions(in TInfo info, Output output, in Format format, int from = 0, int to = int.MaxValue)
    {
        ReadOnlySpan<byte> payload = MemoryMarshal.AsBytes(new ReadOnlySpan<TInfo>(in info));
        foreach (Option option in Options.AsSpan()[from..Math.Min(to, Options.Length)])
        {
            if (!option.IsShorthand && option.IsWritten(payload))
            {
                option.List(payload, output, format);
            }
        }
    }

    /// <summary>Declares an option with a value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="syntax">How the value is written.</param>
    /// <param name="field">Where the value is.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="when">When it has a meaning: it is saved then, and only then.</param>
    /// <param name="present">The bit that says that it was given: set when read; it is saved when the bit is set.</param>
    /// <param name="invert">The bit that says that <c>!</c> stood before it; without, it cannot be inverted.</param>
    /// <param name="label">
    /// What a listing has before the value, with its blanks: <c>" every "</c>; null for a blank, the name and a blank.
    /// </param>
    /// <param name="invertedLabel">The same when inverted; null for <c>" !"</c> and the label.</param>
    /// <param name="fullName">The name that messages use, when it is another.</param>
    /// <param name="aliases">Other names that are understood.</param>
    /// <param name="required">Whether it must be given.</param>
    /// <param name="repeat">Whether it may be given more than once.</param>
    /// <param name="shorthand">Whether it is only a way to write what another option saves.</param>
    /// <param name="excludes">Options that it cannot stand beside.</param>
    /// <param name="needs">An option that must stand beside it.</param>
    /// <param name="since">The revision from which it is there.</param>
    /// <param name="complaint">The message when it is given twice, or beside what it excludes; null for the usual ones.</param>
    protected static Option<TInfo, TValue> Option<TValue>(
        string name,
        Syntax<TValue> syntax,
        FieldRef<TInfo, TValue> field,
        string summary,
        Condition<TInfo>? when = null,
        Bit<TInfo>? present = null,
        Bit<TInfo>? invert = null,
        string? label = null,
        string? invertedLabel = null,
        string? fullName = null,
        string[]? aliases = null,
        bool required = false,
        bool repeat = false,
        bool shorthand = false,
        string[]? excludes = null,
        string? needs = null,
        byte since = 0,
        string? complaint = null)
        where TValue : unmanaged =>
        new(name, syntax, field, summary)
        {
            When = when,
            Present = present,
            Invert = invert,
            Label = label,
            InvertedLabel = invertedLabel,
            FullName = fullName ?? name,
            Aliases = aliases ?? [],
            IsRequired = required,
            MayRepeat = repeat,
            IsShorthand = shorthand,
            Excludes = excludes ?? [],
            Needs = needs,
            Since = since,
            Complaint = complaint,
        };

    /// <summary>Declares an option without a value: a bit.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="bit">The bit it sets.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="when">When it has a meaning: it is saved then, and only then.</param>
    /// <param name="invert">The bit that says that <c>!</c> stood before it; without, it cannot be inverted.</param>
    /// <param name="label">What a listing has for it, with the blank in front; null for a blank and the name.</param>
    /// <param name="aliases">Other names that are understood.</param>
    /// <param name="required">Whether it must be given.</param>
    /// <param name="repeat">Whether it may be given more than once.</param>
    /// <param name="excludes">Options that it cannot stand beside.</param>
    /// <param name="needs">An option that must stand beside it.</param>
    /// <param name="since">The revision from which it is there.</param>
    /// <param name="invertedLabel">What a listing has for it when inverted; null for <c>" !"</c> and the label.</param>
    protected static Option Flag(
        string name,
        Bit<TInfo> bit,
        string summary,
        Condition<TInfo>? when = null,
        Bit<TInfo>? invert = null,
        string? label = null,
        string[]? aliases = null,
        bool required = false,
        bool repeat = false,
        string[]? excludes = null,
        string? needs = null,
        byte since = 0,
        string? invertedLabel = null) =>
        new FlagOption<TInfo>(name, summary)
        {
            Change = bit.Set,
            When = (in info) => bit.IsSet(info) && (when is null || when(info)),
            Invert = invert,
            Label = label,
            InvertedLabel = invertedLabel,
            Aliases = aliases ?? [],
            IsRequired = required,
            MayRepeat = repeat,
            Excludes = excludes ?? [],
            Needs = needs,
            Since = since,
        };

    /// <summary>Declares an option without a value that stands for several fields, such as <c>--syn</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="change">What it sets.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="when">When it is saved; null when another option saves it.</param>
    /// <param name="invert">The bit that says that <c>!</c> stood before it; without, it cannot be inverted.</param>
    /// <param name="label">What a listing has for it, with the blank in front; null for a blank and the name.</param>
    /// <param name="aliases">Other names that are understood.</param>
    /// <param name="repeat">Whether it may be given more than once.</param>
    /// <param name="excludes">Options that it cannot stand beside.</param>
    /// <param name="complaint">The message when it is given twice, or beside what it excludes; null for the usual ones.</param>
    protected static Option Preset(
        string name,
        Change<TInfo> change,
        string summary,
        Condition<TInfo>? when = null,
        Bit<TInfo>? invert = null,
        string? label = null,
        string[]? aliases = null,
        bool repeat = false,
        string[]? excludes = null,
        string? complaint = null) =>
        new FlagOption<TInfo>(name, summary)
        {
            Change = change,
            When = when,
            Invert = invert,
            Label = label,
            Aliases = aliases ?? [],
            MayRepeat = repeat,
            IsShorthand = when is null,
            Excludes = excludes ?? [],
            Complaint = complaint,
        };

    /// <summary>Bits of a flags field of one byte.</summary>
    protected static Bit<TInfo> Bit(FieldRef<TInfo, byte> field, byte mask) => new FlagBit<TInfo, byte>(field, mask);

    /// <summary>Bits of a flags field of two bytes.</summary>
    protected static Bit<TInfo> Bit(FieldRef<TInfo, ushort> field, ushort mask) => new FlagBit<TInfo, ushort>(field, mask);

    /// <summary>Bits of a flags field of four bytes.</summary>
    protected static Bit<TInfo> Bit(FieldRef<TInfo, uint> field, uint mask) => new FlagBit<TInfo, uint>(field, mask);

    /// <summary>That a field has a value, or one of some; the first of them is what is set.</summary>
    protected static Bit<TInfo> Is(FieldRef<TInfo, byte> field, params byte[] values) => new FieldValue<TInfo>(field, values);

    /// <summary>Declares an older revision with a struct of its own.</summary>
    protected static OlderLayout Older<TOld>(byte revision, Narrowing<TOld> narrow, Widening<TOld> widen, string? kernelName = null)
        where TOld : unmanaged => new TypedLayout<TOld>(revision, narrow, widen, kernelName);

    /// <summary>Declares an older revision that has the same struct and knows fewer values.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="cannotSay">What of a struct it does not know, for a message, or null.</param>
    protected static OlderLayout Older(byte revision, Func<TInfo, string?> cannotSay) => new TypedLayout<TInfo>(
        revision,
        (in newest, ref older) =>
        {
            older = newest;
            return cannotSay(newest);
        },
        static (in older, ref newest) => newest = older,
        kernelName: null);

    private sealed class TypedLayout<TOld>(byte revision, Narrowing<TOld> narrow, Widening<TOld> widen, string? kernelName) :
        OlderLayout(revision, Unsafe.SizeOf<TOld>(), kernelName)
        where TOld : unmanaged
    {
        public override string? Narrow(ReadOnlySpan<byte> newest, Span<byte> older) =>
            narrow(in As(newest), ref MemoryMarshal.AsRef<TOld>(older));

        public override void Widen(ReadOnlySpan<byte> older, Span<byte> newest) =>
            widen(in MemoryMarshal.AsRef<TOld>(older), ref As(newest));
    }
}
