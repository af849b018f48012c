using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Nft;
using Sharptables.Manual;
using Sharptables.Text;

namespace Sharptables.Native;

/// <summary>A match or target as libxtables offers it to C programs: one option at a time, payloads in any revision.</summary>
/// <remarks>
/// SAFETY: a description is made once and stays; payloads come from C programs, which have room for as many bytes as the description of
/// their revision says.
/// </remarks>
internal sealed unsafe class OfferedExtension
{
    private static readonly List<OfferedExtension> s_offered = [];

    private readonly ExtensionSet _extensions;
    private readonly Extension _extension;
    private readonly OlderLayout[] _older;

    private OfferedExtension(ExtensionSet extensions, Extension extension)
    {
        (_extensions, _extension, _older) = (extensions, extension, extension.OlderLayouts);
        Name = Text(extension.Name);
        Description = Describe();
    }

    /// <summary>Its <see cref="ExtensionDescription"/>.</summary>
    public ExtensionDescription* Description { get; }

    /// <summary>Its name, with a NUL at its end.</summary>
    public byte* Name { get; }

    /// <summary>The one of a name, or null.</summary>
    public static OfferedExtension? Find(ExtensionSet extensions, ReadOnlySpan<byte> name, bool isTarget)
    {
        lock (s_offered)
        {
            if (extensions.Find(name, isTarget) is not { } extension)
            {
                return null;
            }

            foreach (OfferedExtension offered in s_offered)
            {
                if (ReferenceEquals(offered._extension, extension))
                {
                    return offered;
                }
            }

            OfferedExtension made = new(extensions, extension);
            s_offered.Add(made);
            return made;
        }
    }

    /// <summary>Initializes a payload.</summary>
    public void Begin(int revision, byte* payload) => Change(revision, payload, static (extension, newest, _) => extension.Begin(newest), 0, begins: true);

    /// <summary>Reads an option into a payload.</summary>
    public void Parse(in RuleFacts rule, byte* payload, in OptionWords words, List<string> warnings)
    {
        Option option = _extension.Options[words.Place];
        _extension.CheckUse(words.Place, new Given(_extension, rule.Given), words.IsInverted);
        if (option.Words == 2 && words.Second is null)
        {
            throw option.LacksSecond();
        }

        if (option.Words > 0 && words.First is null && !option.MayLackWord)
        {
            throw new UsageException($"{_extension.Name}: option \"--{option.FullName}\" requires an argument.\n");
        }

        RuleInProgress progress = Progress(rule);
        try
        {
            Change(rule.Revision, payload, static (extension, newest, said) => said.Option.Parse(
                new Argument(extension, said.Option, Bytes(said.First), hasText: said.First is not null, Bytes(said.Second), said.IsInverted, said.Rule), newest),
                new OptionSaid(option, words.First, words.Second, words.IsInverted, progress));
        }
        finally
        {
            warnings.AddRange(progress.Warnings);
        }

        if (!option.HoldsLineEnds && (Bytes(words.First).Contains((byte)'\n') || Bytes(words.Second).Contains((byte)'\n')))
        {
            throw _extension.WithLineEnd(option);
        }
    }

    /// <summary>Completes a payload after the last option.</summary>
    public void Finish(in RuleFacts rule, byte* payload, List<string> warnings)
    {
        RuleInProgress progress = Progress(rule);
        Given given = new(_extension, rule.Given);
        try
        {
            Change(rule.Revision, payload, static (extension, newest, said) => extension.Finish(newest, said.Given, said.Rule), (Given: given, Rule: progress));
        }
        finally
        {
            warnings.AddRange(progress.Warnings);
        }

        _extension.CheckGiven(given);
    }

    /// <summary>Writes a payload as in a listing or save.</summary>
    public void Write(in RuleFacts rule, byte* payload, bool isListing, bool isNumeric, Output output)
    {
        Span<byte> scratch = stackalloc byte[_extension.PayloadSize];
        ReadOnlySpan<byte> newest = Newest(rule.Revision, payload, scratch);
        Format format = new(_extension.Family, _extensions.Names, rule.Protocol, isNumeric, isListing);
        Extension shown = ShownAs(newest);
        if (isListing)
        {
            shown.List(newest, output, format);
        }
        else
        {
            shown.Save(newest, output, format);
        }
    }

    /// <summary>Writes a payload in the words of nft(8), in a line each: the words, a comment, a set.</summary>
    /// <exception cref="UsageException">nft cannot say it.</exception>
    public void Translate(in RuleFacts rule, byte* payload, Output output)
    {
        Span<byte> scratch = stackalloc byte[_extension.PayloadSize];
        ReadOnlySpan<byte> newest = Newest(rule.Revision, payload, scratch);
        NftText nft = new(output, _extension.Family)
        {
            Names = _extensions.Names,
            Protocol = rule.IsProtocolInverted ? (ushort)0 : rule.Protocol,
            SaysAsOriginal = true,
            IsPart = true,
        };
        if (!ShownAs(newest).Translate(newest, nft))
        {
            throw new UsageException($"nft cannot say {_extension.Name}");
        }

        output.Write((byte)'\n');
        output.Write(nft.Comment);
        output.Write(nft.Sets is [var (name, declaration)] ? $"\n{name} {{ {declaration} }}" : "\n");
    }

    /// <summary>The name under which a payload is shown, with a NUL at its end.</summary>
    public byte* Alias(int revision, byte* payload)
    {
        Span<byte> scratch = stackalloc byte[_extension.PayloadSize];
        Extension shown = ShownAs(Newest(revision, payload, scratch));
        return ReferenceEquals(shown, _extension) ? Name : Find(_extensions, Encoding.ASCII.GetBytes(shown.Name), shown.IsTarget)!.Name;
    }

    /// <summary>Writes what <c>-h</c> shows of it.</summary>
    public void Help(Output output) => HelpText.WriteExtension(_extension, output);

    private delegate void Changes<TSaid>(Extension extension, Span<byte> newest, TSaid said);

    /// <summary>Changes a payload of any revision as one of the newest.</summary>
    private void Change<TSaid>(int revision, byte* payload, Changes<TSaid> change, TSaid said, bool begins = false)
    {
        if (revision == 0)
        {
            change(_extension, new Span<byte>(payload, _extension.PayloadSize), said);
            return;
        }

        OlderLayout layout = _older[revision - 1];
        Span<byte> newest = stackalloc byte[_extension.PayloadSize], older = new(payload, layout.Size);
        if (!begins)
        {
            _ = Newest(revision, payload, newest);
        }

        change(_extension, newest, said);
        if (layout.Narrow(newest, older) is { } lack)
        {
            throw new UsageException($"{_extension.Name}: {lack}", ErrorShape.Other);
        }
    }

    private ReadOnlySpan<byte> Newest(int revision, byte* payload, Span<byte> scratch)
    {
        if (revision == 0)
        {
            return new(payload, _extension.PayloadSize);
        }

        OlderLayout layout = _older[revision - 1];
        _extension.Begin(scratch);
        layout.Widen(new ReadOnlySpan<byte>(payload, layout.Size), scratch);
        return scratch;
    }

    private Extension ShownAs(ReadOnlySpan<byte> newest)
    {
        lock (s_offered)
        {
            return _extension.Alias(newest) is { } alias ? _extensions.Find(Encoding.ASCII.GetBytes(alias), _extension.IsTarget) ?? _extension : _extension;
        }
    }

    private RuleInProgress Progress(in RuleFacts rule) => new()
    {
        Family = _extension.Family,
        Names = _extensions.Names,
        Line = rule.Line,
        Protocol = rule.Protocol,
        IsProtocolInverted = rule.IsProtocolInverted,
    };

    private static ReadOnlySpan<byte> Bytes(byte* text) => text is null ? default : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);

    private ExtensionDescription* Describe()
    {
        List<(string Name, int Place)> names = [];
        foreach (Option option in _extension.Options)
        {
            names.Add((option.Name, names.Count));
        }

        for (int place = 0; place < _extension.Options.Length; place++)
        {
            names.AddRange(Array.ConvertAll(_extension.Options[place].Aliases, alias => (alias, place)));
        }

        OptionDescription* options = (OptionDescription*)NativeMemory.AllocZeroed((nuint)names.Count, (nuint)sizeof(OptionDescription));
        for (int i = 0; i < names.Count; i++)
        {
            Option option = _extension.Options[names[i].Place];
            options[i] = new() { Name = Text(names[i].Name), Place = names[i].Place, Words = option.Words, MayLackWord = option.MayLackWord ? 1 : 0 };
        }

        RevisionDescription* revisions = (RevisionDescription*)NativeMemory.AllocZeroed((nuint)_older.Length + 1, (nuint)sizeof(RevisionDescription));
        revisions[0] = new()
        {
            KernelName = Text(_extension.KernelName),
            Revision = _extension.Revision,
            Size = _extension.PayloadSize,
            ComparedSize = _extension.ComparedSize,
        };
        for (int i = 0; i < _older.Length; i++)
        {
            revisions[i + 1] = new()
            {
                KernelName = Text(_older[i].KernelNameFor(_extension)),
                Revision = _older[i].Revision,
                Size = _older[i].Size,
                ComparedSize = _extension.ComparedSize == _extension.PayloadSize ? _older[i].Size : Math.Min(_older[i].Size, _extension.ComparedSize),
            };
        }

        ExtensionDescription* description = (ExtensionDescription*)NativeMemory.AllocZeroed((nuint)sizeof(ExtensionDescription));
        *description = new()
        {
            Name = Name,
            Handle = GCHandle.ToIntPtr(GCHandle.Alloc(this)),
            Options = options,
            OptionCount = names.Count,
            Revisions = revisions,
            RevisionCount = _older.Length + 1,
        };
        return description;
    }

    private static byte* Text(string text)
    {
        byte* place = (byte*)NativeMemory.AllocZeroed((nuint)text.Length + 1);
        _ = Encoding.ASCII.GetBytes(text, new Span<byte>(place, text.Length));
        return place;
    }

    private readonly struct OptionSaid(Option option, byte* first, byte* second, bool isInverted, RuleInProgress rule)
    {
        public Option Option => option;

        public byte* First => first;

        public byte* Second => second;

        public bool IsInverted => isInverted;

        public RuleInProgress Rule => rule;
    }
}
