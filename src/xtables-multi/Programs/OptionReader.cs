using System;
using System.Collections.Generic;
using Sharptables.Hints;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>
/// Parses options as the C library's getopt_long does: anywhere among the words, abbreviated, in clusters, with its messages. For all
/// programs except iptables and ip6tables.
/// </summary>
internal sealed class OptionReader
{
    private readonly Invocation _invocation;
    private readonly ProgramOption[] _options;
    private readonly Words _words = new();
    private readonly OptionWalk _walk = new();

    /// <param name="invocation">How the program was called.</param>
    /// <param name="options">The program's options.</param>
    public OptionReader(Invocation invocation, ProgramOption[] options)
    {
        (_invocation, _options) = (invocation, options);
        _words.Add(invocation.Words.Span);
        _walk.Begin(_words);
    }

    /// <summary>The words that are not options.</summary>
    public List<byte[]> Operands { get; } = [];

    public byte[]? Value { get; private set; }

    /// <summary>Reads the next option; 0 at the end.</summary>
    /// <exception cref="OptionException">The option is unknown or lacks its value.</exception>
    public char Next()
    {
        Value = null;
        while (true)
        {
            switch (_walk.Read())
            {
                case WordKind.Letter:
                    return ReadLetter((char)_walk.Letter);
                case WordKind.Name:
                    return ReadName(_walk.Name);
                case WordKind.Operand:
                    Operands.Add(_walk.Typed.ToArray());
                    break;
                case WordKind.Separator:
                    while (Take(_walk.TakeNext()) is { } operand)
                    {
                        Operands.Add(operand);
                    }

                    break;
                default:
                    return '\0';
            }
        }
    }

    private char ReadLetter(char letter)
    {
        ProgramOption option = Array.Find(_options, option => option.Letter == letter) ?? throw Error($"invalid option -- '{letter}'");
        if (option is { Words: > 0, MayLackWord: false })
        {
            Value = Take(_walk.TakeRest()) ?? Take(_walk.TakeNext()) ?? throw Error($"option requires an argument -- '{letter}'");
        }
        else if (option.MayLackWord && !_walk.IsInCluster)
        {
            Value = Take(_walk.TakeOperand());
        }

        return letter;
    }

    private char ReadName(ReadOnlySpan<byte> name)
    {
        ProgramOption option = Find(name);
        Value = Take(_walk.NameValue);
        if (Value is not null && option.Words == 0)
        {
            throw Error($"option '--{option.Name}' doesn't allow an argument");
        }

        if (Value is null && option.Words > 0)
        {
            Value = option.MayLackWord ? Take(_walk.TakeOperand())
                : Take(_walk.TakeNext()) ?? throw Error($"option '--{option.Name}' requires an argument");
        }

        return option.Letter;
    }

    /// <summary>The option of that name, or the only one whose name begins so.</summary>
    private ProgramOption Find(ReadOnlySpan<byte> name)
    {
        ProgramOption? found = null;
        List<string> candidates = [];
        foreach (ProgramOption option in _options)
        {
            if (option.Name.Length > 0 && option.IsAbbreviated(name))
            {
                found = option;
                if (option.Name.Length == name.Length)
                {
                    return option;
                }

                candidates.Add($"'--{option.Name}'");
            }
        }

        return candidates.Count < 2
            ? found ?? throw Unknown(MessageText.Of(name))
            : throw Error($"option '--{MessageText.Of(name)}' is ambiguous; possibilities: {string.Join(' ', candidates)}");
    }

    private OptionException Unknown(string name) => new(Error($"unrecognized option '{MessageText.Of(_walk.Typed)}'").Message)
    {
        Hint = Nearest.To(name, Array.ConvertAll(_options, static option => option.Name)) is { Length: > 0 } meant ? $"Did you mean --{meant}?" : null,
    };

    private byte[]? Take(Word place) => place.IsNone ? null : _words.Span(place).ToArray();

    private OptionException Error(string what) => new($"{MessageText.Of(_invocation.CalledAs)}: {what}");
}
