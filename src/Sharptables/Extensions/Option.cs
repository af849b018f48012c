using System;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>One command-line option of an extension, as data. Every view (parser, save, listing, help ...) is a loop over these.</summary>
/// <param name="name">Its long name, without the dashes.</param>
/// <param name="summary">What it does, in one sentence; <c>{--other}</c> refers to another option.</param>
public abstract class Option(string name, string summary)
{
    /// <summary>Its long name, without the dashes; the one that is saved.</summary>
    public string Name => name;

    /// <summary>The name that messages use: <c>source-port</c> for what is saved as <c>sport</c>.</summary>
    public string FullName { get => field ?? name; init => field = value; }

    /// <summary>What it does, in one sentence.</summary>
    public string Summary => summary;

    /// <summary>Other names that are understood.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>What stands for its value in help, such as <c>port[:port]</c>; empty when it takes none.</summary>
    public abstract string Placeholder { get; }

    /// <summary>The words it may take, when those are few and fixed.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>The list of values that the original's help has under a heading of its own, or null.</summary>
    public virtual ValueList? Values => null;

    /// <summary>How many words follow it: 0, 1, or 2.</summary>
    public abstract int Words { get; }

    /// <summary>Whether a word of it may have a line end.</summary>
    public virtual bool HoldsLineEnds => false;

    /// <summary>Whether its word may be left out.</summary>
    public virtual bool MayLackWord => false;

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

    /// <summary>Whether its value refers to something by a number of the kernel's: see <see cref="ReferenceSyntax{T}"/>.</summary>
    public virtual bool IsReference => false;

    /// <summary>Whether <c>!</c> may stand before it.</summary>
    public abstract bool CanInvert { get; }

    /// <summary>Reads the option's value into the extension's payload.</summary>
    public abstract void Parse(in Argument argument, Span<byte> payload);

    /// <summary>Has the payload say that the option was not given, where that is not all zero.</summary>
    public virtual void Clear(Span<byte> payload)
    {
    }

    /// <summary>Whether the payload says what this option says, so that it must be saved.</summary>
    public abstract bool IsWritten(ReadOnlySpan<byte> payload);

    /// <summary>Whether a listing has it.</summary>
    public abstract bool IsListed(ReadOnlySpan<byte> payload);

    /// <summary>The name of what its value refers to, if it <see cref="IsReference"/>.</summary>
    /// <exception cref="KernelException">The kernel does not say.</exception>
    public virtual byte[] ReferredName(ReadOnlySpan<byte> payload, INames names) => [];

    /// <summary>Has its value refer to what has a name now, if it <see cref="IsReference"/>.</summary>
    /// <returns>Null, or why it cannot.</returns>
    public virtual string? Renew(Span<byte> payload, ReadOnlySpan<byte> name, Family family, INames names) => null;

    /// <summary>Writes it as it would be typed, with a blank in front: <c> ! --every 5</c>.</summary>
    public abstract void Save(ReadOnlySpan<byte> payload, Output output, in Format format);

    /// <summary>Writes it as a listing has it, with a blank in front: <c> every 5</c>.</summary>
    public abstract void List(ReadOnlySpan<byte> payload, Output output, in Format format);

    /// <summary>Whether a word names this option: its name or an alias.</summary>
    public bool IsNamed(ReadOnlySpan<byte> word)
    {
        if (System.Text.Ascii.Equals(word, name))
        {
            return true;
        }

        foreach (string alias in Aliases)
        {
            if (System.Text.Ascii.Equals(word, alias))
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

    private static bool BeginsWith(string name, ReadOnlySpan<byte> word) =>
        word.Length <= name.Length && System.Text.Ascii.Equals(word, name.AsSpan(0, word.Length));
}
