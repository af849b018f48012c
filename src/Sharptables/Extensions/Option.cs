using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>One command-line option of an extension, as data. Every view (parser, save, listing, help ...) is a loop over these.</summary>
/// <param name="name">Its long name, without the dashes.</param>
/// <param name="summary">What it does, in one sentence; <c>{--other}</c> refers to another option.</param>
/// <param name="value">The form of its value; null when it has none.</param>
internal abstract class Option(string name, string summary, ValueForm? value = null)
{
    private int _valueAt = -1;
    private byte[]? _saved;
    private byte[]? _listed;

    /// <summary>Its long name, without the dashes; the one that is saved.</summary>
    public string Name => name;

    /// <summary>The name that messages use: <c>source-port</c> for what is saved as <c>sport</c>.</summary>
    public string FullName { get => field ?? name; init => field = value; }

    /// <summary>Its letter, or <c>'\0'</c>: options of a rule's head have one.</summary>
    public char Letter { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public string Summary => summary;

    /// <summary>Other names that are understood.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>What stands for its value in help, such as <c>port[:port]</c>; empty when it takes none.</summary>
    public string Placeholder => value is null ? "" : MayLackWord ? $"[{value.Placeholder}]" : value.Placeholder;

    /// <summary>The words it may take, when those are few and fixed.</summary>
    public IReadOnlyList<string> Choices => value?.Choices ?? [];

    /// <summary>The list of values that the original's help has under a heading of its own, or null.</summary>
    public ValueList? Values => value?.Values;

    /// <summary>How many words follow it: 0, 1, or 2.</summary>
    public int Words { get; } = value?.Words ?? 0;

    /// <summary>Whether a word of it may have a line end.</summary>
    public bool HoldsLineEnds => value is not null && value.HoldsLineEnds;

    /// <summary>Whether its word may be left out.</summary>
    public abstract bool MayLackWord { get; }

    /// <summary>Whether the extension makes no sense without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it may be given more than once.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>The message for a <c>!</c> that may not stand before it; null for the usual one.</summary>
    public string? InversionComplaint { get; init; }

    /// <summary>Whether it is only a way to write what another option saves.</summary>
    public bool IsShorthand { get; init; }

    /// <summary>Names of options that it cannot stand beside.</summary>
    public string[] Excludes { get; init; } = [];

    /// <summary>Name of an option that must stand beside it.</summary>
    public string? Needs { get; init; }

    /// <summary>The message when it is given twice, or beside an option it excludes; null for the usual ones.</summary>
    public string? Complaint { get; init; }

    /// <summary>The message when the second word is not there; null for the usual one.</summary>
    public string? SecondComplaint { get; init; }

    /// <summary>The revision of the extension from which it is there; older kernels lack it.</summary>
    public byte Since { get; init; }

    /// <summary>The bytes of the value that the payload has when it is not given; it is not saved then. Null where something else tells.</summary>
    public byte[]? Absent { get; init; }

    /// <summary>Whether a listing has it at other times than those when it is saved.</summary>
    protected bool ListsOtherwise { get; init; }

    /// <summary>What a listing has for it, before its value if it has one; null for a blank and the name, and a blank before a value.</summary>
    public string? Label { get; init; }

    /// <summary>The same when inverted; null for <c>" !"</c> and the label.</summary>
    public string? InvertedLabel { get; init; }

    /// <summary>Whether its value is read when all other options have been: it may be a list of names to look up.</summary>
    public bool IsLate { get; init; }

    /// <summary>Whether it hangs on its value which options are known from there on.</summary>
    public bool DecidesOptions { get; init; }

    /// <summary>Built-in chains whose rules cannot have it; null when all can.</summary>
    public string[]? NotInChains { get; init; }

    /// <summary>Why they cannot.</summary>
    public string? NotInChainsHint { get; init; }

    /// <summary>Of several options that stand beside a command where they may not, the one of the lowest rank is spoken of.</summary>
    public int Rank { get; init; }

    /// <summary>What of a packet it is a condition on; null where there is no such field, or it is none.</summary>
    public Field? Of { get; init; }

    /// <summary>How the number that a packet has there is compared with the value.</summary>
    public Relation Relation { get; init; }

    /// <summary>Whether its value refers to something by a number of the kernel's: see <see cref="ReferenceSyntax{T}"/>.</summary>
    public bool IsReference => value is not null && value.IsReference;

    /// <summary>Whether <c>!</c> may stand before it.</summary>
    public bool CanInvert { get; protected init; }

    /// <summary>Reads the option's value into the extension's payload.</summary>
    public abstract void Parse(in Argument argument, Span<byte> payload);

    /// <summary>Has the payload say that the option was not given, where that is not all zero.</summary>
    public void Clear(Span<byte> payload) => Absent?.CopyTo(payload[ValueAt..]);

    /// <summary>Puts one of several values into the extension's payload; see <see cref="Alternatives"/>.</summary>
    public virtual void Put(ReadOnlySpan<byte> value, Span<byte> payload)
    {
    }

    /// <summary>Whether the payload says what this option says, so that it must be saved.</summary>
    public bool IsWritten(ReadOnlySpan<byte> payload) => IsSaid(payload)
        && (Absent is null || !payload.Slice(ValueAt, Absent.Length).SequenceEqual(Absent) || IsInverted(payload));

    /// <summary>Whether a listing has it.</summary>
    public bool IsListed(ReadOnlySpan<byte> payload) => ListsOtherwise ? IsListedOtherwise(payload) : IsWritten(payload);

    /// <summary>What it asks of packets of a family where it <see cref="IsWritten"/>; null when it is a condition on no field.</summary>
    public virtual Condition? ConditionIn(ReadOnlySpan<byte> payload, Family family) => null;

    /// <summary>The name of what its value refers to, if it <see cref="IsReference"/>.</summary>
    /// <exception cref="KernelException">The kernel does not say.</exception>
    public virtual byte[] ReferredName(ReadOnlySpan<byte> payload, INames names) => [];

    /// <summary>Has its value refer to what has a name now, if it <see cref="IsReference"/>.</summary>
    /// <returns>Null, or why it cannot.</returns>
    public virtual string? Renew(Span<byte> payload, ReadOnlySpan<byte> name, Family family, INames names) => null;

    /// <summary>Writes it as it would be typed, with a blank in front: <c> ! --every 5</c>.</summary>
    public virtual void Save(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        if (IsInverted(payload))
        {
            output.Write(" !"u8);
        }

        output.Write(_saved ??= Encoding.UTF8.GetBytes(Letter == '\0' ? $" --{name}" : $" -{Letter}"));
        if (Words > 0 && IsValued(payload))
        {
            output.Write((byte)' ');
            WriteValue(payload, output, format);
        }
    }

    /// <summary>Writes it as a listing has it, with a blank in front: <c> every 5</c>.</summary>
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

    /// <summary>Whether a word names this option: its name or an alias.</summary>
    public bool IsNamed(ReadOnlySpan<byte> word)
    {
        if (Ascii.Equals(word, name))
        {
            return true;
        }

        foreach (string alias in Aliases)
        {
            if (Ascii.Equals(word, alias))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a word is the beginning of its name or of an alias.</summary>
    public bool IsAbbreviated(ReadOnlySpan<byte> word)
    {
        if (BeginsWith(name, word))
        {
            return true;
        }

        foreach (string alias in Aliases)
        {
            if (BeginsWith(alias, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a word is the beginning of a name.</summary>
    internal static bool BeginsWith(string name, ReadOnlySpan<byte> word) =>
        word.Length <= name.Length && Ascii.Equals(word, name.AsSpan(0, word.Length));

    /// <summary>Whether what tells that the option was given, beside its value, tells it.</summary>
    protected abstract bool IsSaid(ReadOnlySpan<byte> payload);

    /// <summary>Whether a listing has it when <see cref="ListsOtherwise"/>.</summary>
    protected abstract bool IsListedOtherwise(ReadOnlySpan<byte> payload);

    /// <summary>Whether <c>!</c> stands before it.</summary>
    protected bool IsInverted(ReadOnlySpan<byte> payload) => CanInvert && IsInvertSet(payload);

    /// <summary>Whether <c>!</c> stands before it, for an option that <see cref="CanInvert"/>.</summary>
    protected abstract bool IsInvertSet(ReadOnlySpan<byte> payload);

    /// <summary>Whether its value is written, if it may be left out.</summary>
    protected abstract bool IsValued(ReadOnlySpan<byte> payload);

    /// <summary>Where the bytes of its value begin in the payload.</summary>
    protected virtual int FindValue() => 0;

    /// <summary>Writes its value, if it has one.</summary>
    protected virtual void WriteValue(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
    }

    private int ValueAt => _valueAt >= 0 ? _valueAt : _valueAt = FindValue();

    private string ListedAs() => Label ?? (Words > 0 ? $" {name} " : $" {name}");
}
