using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>An option of an extension. Save and listings are loops over these, too.</summary>
/// <param name="name">The long name, without dashes.</param>
/// <param name="summary">What it does, in one sentence; <c>{--other}</c> refers to another option.</param>
/// <param name="value">The form of its value; null for none.</param>
internal abstract class Option(string name, string summary, ValueForm? value = null) : CommandOption(name, summary)
{
    private int _valueAt = -1;
    private byte[]? _saved;
    private byte[]? _listed;

    /// <summary>The name in messages: <c>source-port</c> for what is saved as <c>sport</c>.</summary>
    public string FullName { get => field ?? Name; init => field = value; }

    /// <inheritdoc/>
    public override OptionGroup Group => OptionGroup.Rule;

    /// <inheritdoc/>
    public override string Placeholder => value is null ? "" : MayLackWord ? $"[{value.Placeholder}]" : value.Placeholder;

    /// <summary>The words that it accepts, if they are few and fixed.</summary>
    public IReadOnlyList<string> Choices => value?.Choices ?? [];

    /// <summary>The list of values that help prints under a heading of its own, or null.</summary>
    public ValueList? Values => value?.Values;

    /// <inheritdoc/>
    public override int Words { get; } = value?.Words ?? 0;

    /// <summary>Whether it is saved under its name although it has a letter.</summary>
    public bool IsSavedByName { get; init; }

    /// <summary>Whether a <c>!</c> may be the beginning of its value, where other values than inverted ones never have one.</summary>
    public virtual bool MayHoldSign => false;

    /// <summary>Whether its words may contain line ends.</summary>
    public bool HoldsLineEnds => value is not null && value.HoldsLineEnds;

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it may be given more than once.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>The message for a <c>!</c> that must not precede it; null for the usual one.</summary>
    public string? InversionComplaint { get; init; }

    /// <summary>Whether it is only another way to write what some other option saves.</summary>
    public bool IsShorthand { get; init; }

    /// <summary>Options that must not be given with it; it may be among them. Null for none.</summary>
    public Option[]? Excluded { get; set; }

    /// <summary>Options that must be given with it; it may be among them. Null for none.</summary>
    public Option[]? Needs { get; set; }

    /// <summary>The message when it is given twice or with an option it excludes; null for the usual ones.</summary>
    public string? Complaint { get; init; }

    /// <summary>The message when the second word is missing; null for the usual one.</summary>
    public string? SecondComplaint { get; init; }

    /// <summary>The first revision of the extension that has it.</summary>
    public byte Since { get; init; }

    /// <summary>The bytes of its value without the option, which is not saved then. Null where something else decides.</summary>
    public byte[]? Absent { get; init; }

    /// <summary>Whether listings show it under another condition than it is saved under.</summary>
    protected bool ListsOtherwise { get; init; }

    /// <summary>Its text in a listing, before any value; null for a blank and the name, and a blank before a value.</summary>
    public string? Label { get; init; }

    /// <summary>The same when inverted; null for <c>" !"</c> and the label.</summary>
    public string? InvertedLabel { get; init; }

    /// <summary>Whether its value is read after all other options: it may be a list of names to look up.</summary>
    public bool IsLate { get; init; }

    /// <summary>Whether its value decides which options are known from then on.</summary>
    public bool DecidesOptions { get; init; }

    /// <summary>Built-in chains whose rules must not have it; null for none.</summary>
    public string[]? NotInChains { get; init; }

    /// <summary>The message then; null for the usual one.</summary>
    public string? NotInChainsComplaint { get; init; }

    /// <summary>The reason for <see cref="NotInChains"/>.</summary>
    public string? NotInChainsHint { get; init; }

    /// <summary>Of several options that a command does not take, the one of the lowest rank is reported.</summary>
    public int Rank { get; init; }

    /// <summary>Help shows options of a lower rank first, and those of the same rank in the order in which they are saved.</summary>
    public int HelpRank { get; init; }

    /// <summary>The field of a packet that it is a condition on, or null.</summary>
    public Field? Of { get; init; }

    /// <summary>How the packet's number is compared with the value.</summary>
    public Relation Relation { get; init; }

    /// <summary>Whether kernels ignore it, so that it asks nothing of a packet.</summary>
    public bool IsIdle { get; init; }

    /// <summary>Whether its value refers to something by a number of the kernel's: see <see cref="ReferenceSyntax{T}"/>.</summary>
    public bool IsReference => value is not null && value.IsReference;

    /// <summary>The error when it lacks the second of its two words.</summary>
    public UsageException LacksSecond() => new(SecondComplaint ?? $"--{FullName} requires two args.");

    /// <summary>Whether it must not be given with another; either of the two may say so.</summary>
    public bool IsRivalOf(Option other) =>
        !ReferenceEquals(other, this) && (Array.IndexOf(Excluded ?? [], other) >= 0 || Array.IndexOf(other.Excluded ?? [], this) >= 0);

    /// <summary>Reads its value into the payload of the extension.</summary>
    public abstract void Parse(in Argument argument, Span<byte> payload);

    /// <summary>Writes the value that stands for an absent option, where that is not zero.</summary>
    public void Clear(Span<byte> payload) => Absent?.CopyTo(payload[ValueAt..]);

    /// <summary>Writes one of several values into the payload; see <see cref="Alternatives"/>.</summary>
    public virtual void Put(ReadOnlySpan<byte> value, Span<byte> payload)
    {
    }

    /// <summary>Whether the payload holds what this option sets, so that it must be saved.</summary>
    public bool IsWritten(ReadOnlySpan<byte> payload) => IsSaid(payload)
        && (Absent is null || !payload.Slice(ValueAt, Absent.Length).SequenceEqual(Absent) || IsInverted(payload));

    /// <summary>Whether it is a condition in the payload, which it may be without having been given; in any case it is <see cref="Of"/> a field.</summary>
    public virtual bool IsAsked(ReadOnlySpan<byte> payload) => IsWritten(payload);

    /// <summary>Whether a listing shows it.</summary>
    public bool IsListed(ReadOnlySpan<byte> payload) => ListsOtherwise ? IsListedOtherwise(payload) : IsWritten(payload);

    /// <summary>Its condition on packets of a family, if it is <see cref="Of"/> a field and <see cref="IsAsked"/>.</summary>
    public virtual Condition ConditionIn(ReadOnlySpan<byte> payload, Family family) => default;

    /// <summary>Makes a payload that is as it is without the option have a condition on it: the way back of <see cref="ConditionIn"/>.</summary>
    /// <returns>False if it cannot say that; the payload may be changed then.</returns>
    public bool TryTake(Condition condition, Span<byte> payload, Family family)
    {
        byte[] before = payload.ToArray();
        if (TryTake(condition, condition.Values, condition.IsInverted, payload, family))
        {
            return true;
        }

        before.CopyTo(payload);
        Packets.Values values = condition.Values; // that some bits are not all zero is that any of them is set
        return values.Kind is ValuesKind.Masked && values.First == 0
            && TryTake(condition, Packets.Values.AnyBit(values.Second), !condition.IsInverted, payload, family);
    }

    private bool TryTake(Condition condition, Packets.Values values, bool isInverted, Span<byte> payload, Family family) =>
        (!isInverted || CanInvert) && Take(condition.Field, values, isInverted, payload) && IsAsked(payload)
        && Meaning.IsSame(ConditionIn(payload, family), condition);

    /// <summary>Sets its value, and what it also sets, as reading it does.</summary>
    /// <returns>False if no value selects these.</returns>
    protected virtual bool Take(Field field, Packets.Values values, bool isInverted, Span<byte> payload) => false;

    /// <summary>The name of what its value refers to, if it <see cref="IsReference"/>.</summary>
    /// <exception cref="KernelException">The kernel does not tell.</exception>
    public virtual byte[] ReferredName(ReadOnlySpan<byte> payload, INames names) => [];

    /// <summary>Makes its value refer to what has a name now, if it <see cref="IsReference"/>.</summary>
    /// <returns>Null, or why that is impossible.</returns>
    public virtual string? Renew(Span<byte> payload, ReadOnlySpan<byte> name, Family family, INames names) => null;

    /// <summary>Writes it as it would be typed, with a leading blank: <c> ! --every 5</c>.</summary>
    public virtual void Save(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        bool isInverted = IsInverted(payload);
        bool isBehind = isInverted && Words > 0 && format.Family.InvertsBehindOption;
        if (isInverted && !isBehind)
        {
            output.Write(" !"u8);
        }

        output.Write(_saved ??= Encoding.UTF8.GetBytes(Letter == '\0' || IsSavedByName ? $" --{Name}" : $" -{Letter}"));
        if (isBehind)
        {
            output.Write(" !"u8);
        }

        if (Words > 0 && IsValued(payload))
        {
            output.Write((byte)' ');
            WriteValue(payload, output, format);
        }
    }

    /// <summary>Writes it as in a listing, with a leading blank: <c> every 5</c>.</summary>
    public virtual void List(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        if (!IsInverted(payload))
        {
            output.Write(_listed ??= Encoding.UTF8.GetBytes(ListedAs()));
        }
        else if (InvertedLabel is not null)
        {
            output.Write(InvertedLabel);
        }
        else
        {
            output.Write(" !"u8);
            output.Write(ListedAs());
        }

        WriteValue(payload, output, format);
    }

    /// <summary>Whether the struct shows that the option was given, apart from its value.</summary>
    protected abstract bool IsSaid(ReadOnlySpan<byte> payload);

    /// <summary>Whether a listing shows it, if <see cref="ListsOtherwise"/>.</summary>
    protected abstract bool IsListedOtherwise(ReadOnlySpan<byte> payload);

    /// <summary>Whether the payload has it inverted.</summary>
    protected bool IsInverted(ReadOnlySpan<byte> payload) => CanInvert && IsInvertSet(payload);

    /// <summary>Whether the payload has it inverted, for an option that <see cref="CommandOption.CanInvert"/>.</summary>
    protected abstract bool IsInvertSet(ReadOnlySpan<byte> payload);

    /// <summary>Whether its value is written, if it may be omitted.</summary>
    protected abstract bool IsValued(ReadOnlySpan<byte> payload);

    /// <summary>The offset of its value in the payload.</summary>
    protected virtual int FindValue() => 0;

    /// <summary>Writes its value, if it has one.</summary>
    protected virtual void WriteValue(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
    }

    private int ValueAt => _valueAt >= 0 ? _valueAt : _valueAt = FindValue();

    private string ListedAs() => Label ?? (Words > 0 ? $" {Name} " : $" {Name}");
}
