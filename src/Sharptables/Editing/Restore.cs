using System;
using Sharptables.Analysis;
using Sharptables.Backends;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Editing;

/// <summary>
/// Carries out what iptables-save wrote: table by table, each in one atomic step at its COMMIT. A table whose rules are all given
/// anew is never read from the kernel.
/// </summary>
/// <param name="tables">The tables of the family.</param>
/// <param name="options">What iptables-restore was told.</param>
/// <param name="output">Where <c>-v</c> and listings go.</param>
/// <param name="warn">Takes warnings, as lines.</param>
/// <param name="takeLock">Takes the lock at the first table line; null to take none.</param>
public sealed class Restore(
    ITables tables, RestoreOptions options, Output output, Action<string> warn, Func<IDisposable>? takeLock) : IDisposable
{
    private readonly Words _words = new();
    private CommandLine? _commandLine;
    private Table? _table;
    private TableCommands? _commands;
    private IDisposable? _lock;
    private bool _isSkipping;
    private bool _hasRead;

    /// <summary>The line being carried out, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Carries out all lines.</summary>
    /// <exception cref="RestoreException">A line is wrong, or the kernel refuses a table; tables committed before stay.</exception>
    public void Run(LineReader reader)
    {
        while (reader.Read(out ReadOnlySpan<byte> line))
        {
            Line = reader.Number;
            if (line is [(byte)'-', ..] || !line.Trim(" \t"u8).IsEmpty) // blanks alone are a blank line; the original takes only an empty one for that
            {
                RunLine(line, reader.IsTerminated);
            }
        }

        if (_table is not null)
        {
            throw new RestoreException(Line + 1, default, new UsageException($"COMMIT expected at line {Line + 1}", ErrorShape.Refused))
            {
                Reason = "The input ends within a table; nothing of that table was changed.",
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _table?.Dispose();
        _lock?.Dispose();
    }

    private static string Text(ReadOnlySpan<byte> bytes) => MessageText.Of(bytes);

    private void RunLine(ReadOnlySpan<byte> line, bool isTerminated)
    {
        if (line is [(byte)'#', ..])
        {
            if (options.Verbosity > 0)
            {
                output.Write(line);
                output.Write((byte)'\n');
            }

            return;
        }

        try
        {
            if (_table is not null && line.SequenceEqual("COMMIT"u8) && isTerminated)
            {
                Commit();
            }
            else if (_table is null && line is [(byte)'*', ..])
            {
                BeginTable(line);
            }
            else if (_table is not null && line is [(byte)':', ..])
            {
                SetChain(line);
            }
            else if (_table is not null)
            {
                RunRule(line);
            }
            else if (!_isSkipping && (options.OnlyTable is null || _hasRead))
            {
                throw Failed(line, "It stands outside of a table: a line such as *filter begins one, and COMMIT ends it.");
            }
        }
        catch (UsageException e)
        {
            throw new RestoreException(Line, line, e);
        }
        catch (KernelException e) when (e is { Operation: "mmap" or "mremap", Errno: Errno.ENOMEM })
        {
            throw Failed(line, "There is no memory for a table of this size.");
        }
    }

    private RestoreException Failed(ReadOnlySpan<byte> line, string? reason) =>
        new(Line, line, new UsageException($"line {Line} failed", ErrorShape.Refused)) { Reason = reason };

    private void BeginTable(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> name = RestoreWords.NextToken(ref line, skip: 1);
        if (name.IsEmpty)
        {
            throw new UsageException($"{options.Program}: line {Line} table name invalid");
        }

        _lock ??= takeLock?.Invoke();
        _isSkipping = options.OnlyTable is { } only && !name.SequenceEqual(only);
        if (_isSkipping)
        {
            return;
        }

        _hasRead = true;
        try
        {
            _table = options.KeepsRules || options.Verbosity > 0 ? tables.Read(name) : tables.ReadEmpty(name);
        }
        catch (KernelException e)
        {
            throw new UsageException($"{options.Program}: unable to initialize table '{Text(name)}'")
            {
                Hint = MissingTable.Hint(tables, Text(name), e) ?? $"The kernel says: {e.Message}.",
            };
        }

        _table.IsForWriting = !options.IsTest;
        _commands = new TableCommands(_table, tables, output, warn);
        _commandLine = new CommandLine(tables.Extensions) { Warn = warn, RestoreProgram = options.Program, Verbosity = options.KeepsRules ? 0 : options.Verbosity };
        if (!options.KeepsRules)
        {
            _commands.Clear(options.Verbosity > 0);
        }
    }

    private void SetChain(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        ReadOnlySpan<byte> name = RestoreWords.NextToken(ref rest, skip: 1);
        if (name.IsEmpty)
        {
            throw new UsageException($"{options.Program}: line {Line} chain name invalid");
        }

        if (name.Length > RuleLayout.MaxChainName)
        {
            throw new UsageException($"Invalid chain name `{Text(name)}' ({RuleLayout.MaxChainName} chars max)");
        }

        Table table = _table!;
        Chain? chain = table.Find(name);
        if (chain is not { IsBuiltIn: true })
        {
            if (chain is not null && options.KeepsRules)
            {
                table.Flush(chain);
            }
            else if (chain is not null || StandardVerdict.TryParse(name, out _))
            {
                throw new UsageException($"error creating chain '{Text(name)}':File exists");
            }
            else
            {
                chain = table.AddChain(name);
            }
        }

        ReadOnlySpan<byte> policy = RestoreWords.NextToken(ref rest, skip: 0);
        if (policy.IsEmpty)
        {
            throw new UsageException($"{options.Program}: line {Line} policy invalid");
        }

        if (!policy.SequenceEqual("-"u8))
        {
            SetPolicy(chain!, name, policy, RestoreWords.NextToken(ref rest, skip: 0));
        }
    }

    private void SetPolicy(Chain chain, ReadOnlySpan<byte> name, ReadOnlySpan<byte> policy, ReadOnlySpan<byte> counters)
    {
        XtCounters set = default;
        if (counters.IsEmpty ? options.RestoresCounters : !TryReadCounters(counters, out set))
        {
            throw new UsageException($"invalid policy counters for chain '{Text(name)}'")
            {
                Hint = counters.IsEmpty ? "With -c, they must be there, written [packets:bytes]." : $"They are written [packets:bytes], not \"{Text(counters)}\".",
            };
        }

        if (!chain.IsBuiltIn)
        {
            throw new UsageException($"Can't set policy `{Text(policy)}' on `{Text(name)}' line {Line}: Bad built-in chain name", ErrorShape.Other)
            {
                Hint = $"{Text(name)} is a chain of your own, which has no policy: write \":{Text(name)} - [0:0]\".",
            };
        }

        if (!StandardVerdict.TryParse(policy, out int verdict) || verdict is not (Verdict.Accept or Verdict.Drop))
        {
            throw new UsageException($"Can't set policy `{Text(policy)}' on `{Text(name)}' line {Line}: Bad policy name", ErrorShape.Other)
            {
                Hint = "A policy is ACCEPT or DROP.",
            };
        }

        chain.SetPolicy(verdict, options.RestoresCounters ? set : default(XtCounters));
    }

    private static bool TryReadCounters(ReadOnlySpan<byte> text, out XtCounters counters)
    {
        counters = default;
        int colon = text.IndexOf((byte)':');
        if (text[0] != '[' || colon <= 1 || text[1..colon].TrimStart("+-"u8).ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || !CounterText.TryRead(text[1..colon], out ulong packets) || !CounterText.TryRead(text[(colon + 1)..], out ulong bytes))
        {
            return false;
        }

        counters = new XtCounters { Pcnt = packets, Bcnt = bytes };
        return true;
    }

    private void RunRule(ReadOnlySpan<byte> line)
    {
        if (ReadRule(line) is not { } command)
        {
            return;
        }

        if (command.Kind is CommandKind.Help or CommandKind.Version)
        {
            throw new UsageException($"-{(command.Kind == CommandKind.Help ? 'h' : 'V')} has no place among rules");
        }

        _commands!.Line = Line;
        try
        {
            _ = _commands.Run(command);
        }
        catch (UsageException e) when (e.Shape is ErrorShape.Refused or ErrorShape.Answer)
        {
            throw Failed(line, e.Hint ?? e.Message);
        }
    }

    private Command? ReadRule(ReadOnlySpan<byte> line)
    {
        byte[] table = _table!.Name;
        _commandLine!.Line = Line;
        if (line is not [(byte)'[', ..])
        {
            return _commandLine!.ParseLine(line, table);
        }

        _words.Clear();
        ReadRuleCounters(ref line);
        RestoreWords.Split(line, _words);
        return _commandLine!.ParseWords(_words, table);
    }

    private void ReadRuleCounters(ref ReadOnlySpan<byte> line)
    {
        int close = line.IndexOfAny((byte)']', (byte)0);
        ReadOnlySpan<byte> inside = close < 0 || line[close] == 0 ? default : line[1..close];
        int colon = inside.IndexOf((byte)':');
        if (colon <= 0)
        {
            throw new UsageException($"Bad line {Line}: need ]") { Hint = "A rule's counters are written [packets:bytes] in front of it." };
        }

        if (options.RestoresCounters)
        {
            _words.Add("-c"u8);
            _words.Add(inside[..colon]);
            _words.Add(inside[(colon + 1)..]);
        }

        line = line[(close + 1)..];
    }

    private void Commit()
    {
        Table table = _table!;
        _table = null;
        try
        {
            if (!options.IsTest)
            {
                output.Flush();
                tables.Write(table);
                return;
            }

            Narrowing.Apply(table, tables);
            if (new UsageCheck(table, tables.Extensions).FindFirst() is { } finding)
            {
                throw Refused(finding, null);
            }
        }
        catch (UsageException e) when (e.Line > 0)
        {
            byte[]? text = options.LineText(e.Line) ?? new UsageCheck(table, tables.Extensions).RuleOfLine(e.Line, e.Message)?.RuleText();
            throw new RestoreException(e.Line, text, e);
        }
        catch (TableRefusedException e)
        {
            throw Refused(Refusal.Explain(e, tables), $"The kernel says: {e.Cause.Message}.");
        }
        finally
        {
            table.Dispose();
            _commands = null;
            _lock?.Dispose();
            _lock = null;
        }
    }

    /// <summary>The first line names COMMIT, as iptables does; what follows names the rule.</summary>
    private RestoreException Refused(Finding? finding, string? otherwise)
    {
        int line = finding is { Line: > 0 } ? finding.Line : Line;
        byte[] text = finding is null ? "COMMIT"u8.ToArray() : options.LineText(line) ?? finding.RuleText();
        return new RestoreException(Line, text, new UsageException($"line {Line} failed", ErrorShape.Refused))
        {
            FaultLine = line,
            Reason = finding?.ToString() ?? otherwise,
        };
    }
}
