using System;
using System.Collections.Generic;
using Sharptables.Manual;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>
/// Parses options as the C library's getopt_long does: anywhere among the words, abbreviated, in clusters, with its messages. For all
/// programs except iptables and ip6tables.
/// </summary>
/// <param name="invocation">How the program was called.</param>
/// <param name="options">The program's options.</param>
internal sealed class OptionReader(Invocation invocation, ProgramOption[] options)
{
    private int _next;
    private byte[] _cluster = [];
    private int _clusterAt;

    /// <summary>The words that are not options.</summary>
    public List<byte[]> Operands { get; } = [];

    public byte[]? Value { get; private set; }

    private string CalledAs => MessageText.Of(invocation.CalledAs);

    private ReadOnlySpan<byte[]> Words => invocation.Words.Span;

    /// <summary>Reads the next option; 0 at the end.</summary>
    /// <exception cref="OptionException">The option is unknown or lacks its value.</exception>
    public char Next()
    {
        Value = null;
        if (_clusterAt < _cluster.Length)
        {
            return NextLetter();
        }

        while (_next < Words.Length)
        {
            byte[] word = Words[_next++];
            if (word.Length < 2 || word[0] != '-')
            {
                Operands.Add(word);
                continue;
            }

            if (word.AsSpan().SequenceEqual("--"u8))
            {
                Operands.AddRange(Words[_next..]);
                _next = Words.Length;
                return '\0';
            }

            if (word[1] == '-')
            {
                return NextLong(word.AsSpan(2));
            }

            _cluster = word;
            _clusterAt = 1;
            return NextLetter();
        }

        return '\0';
    }

    private char NextLetter()
    {
        char letter = (char)_cluster[_clusterAt++];
        foreach (ProgramOption option in options)
        {
            if (option.Letter != letter)
            {
                continue;
            }

            if (option.Value == ProgramOptionValue.Required)
            {
                Value = _clusterAt < _cluster.Length ? _cluster[_clusterAt..]
                    : _next < Words.Length ? Words[_next++]
                    : throw new OptionException($"{CalledAs}: option requires an argument -- '{letter}'");
                _clusterAt = _cluster.Length;
            }
            else if (option.Value == ProgramOptionValue.Optional)
            {
                TakeOptional();
            }

            return letter;
        }

        throw new OptionException($"{CalledAs}: invalid option -- '{letter}'");
    }

    private char NextLong(ReadOnlySpan<byte> word)
    {
        int equals = word.IndexOf((byte)'=');
        ReadOnlySpan<byte> name = equals < 0 ? word : word[..equals];
        string typed = MessageText.Of(name);
        ProgramOption? found = null;
        List<string> candidates = [];
        foreach (ProgramOption option in options)
        {
            if (option.Name.Length > 0 && option.Name.StartsWith(typed, StringComparison.Ordinal))
            {
                candidates.Add($"'--{option.Name}'");
                found = found is null || option.Name == typed ? option : found;
                if (option.Name == typed)
                {
                    candidates = [$"'--{option.Name}'"];
                    break;
                }
            }
        }

        if (candidates.Count > 1)
        {
            throw new OptionException($"{CalledAs}: option '--{typed}' is ambiguous; possibilities: {string.Join(' ', candidates)}");
        }

        ProgramOption known = found ?? throw new OptionException($"{CalledAs}: unrecognized option '--{MessageText.Of(word)}'");
        if (equals >= 0)
        {
            Value = known.Value == ProgramOptionValue.None
                ? throw new OptionException($"{CalledAs}: option '--{known.Name}' doesn't allow an argument")
                : word[(equals + 1)..].ToArray();
        }
        else if (known.Value == ProgramOptionValue.Required)
        {
            Value = _next < Words.Length ? Words[_next++] : throw new OptionException($"{CalledAs}: option '--{known.Name}' requires an argument");
        }
        else if (known.Value == ProgramOptionValue.Optional)
        {
            TakeOptional();
        }

        return known.Letter;
    }

    private void TakeOptional()
    {
        if (_clusterAt >= _cluster.Length && _next < Words.Length && Words[_next] is not [(byte)'-', ..])
        {
            Value = Words[_next++];
        }
    }
}
