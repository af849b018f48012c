using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Analysis;
using Sharptables.Backends;
using Sharptables.Formats.Iptables;
using Sharptables.Hints;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Editing;

/// <summary>
/// Restores what iptables-save wrote, each table in one atomic step at its COMMIT. A table whose rules are all given anew is never read
/// from the kernel.
/// </summary>
/// <param name="tables">The tables of the family.</param>
/// <param name="options">The options of iptables-restore.</param>
/// <param name="output">For <c>-v</c> and listings.</param>
/// <param name="warn">Called with each warning, a whole line.</param>
/// <param name="takeLock">Takes the lock, if there is one, at the first table line; null to take none.</param>
internal sealed class Restore(
    ITables tables, RestoreOptions options, Output output, Action<string> warn, Func<IDisposable?>? takeLock) : IDisposable
{
    private readonly Dialect _dialect = Dialect.Of(tables.Family);
    private readonly Output _lines = new(Output.Kept); // of the table, if they may have to be read again
    private int _firstLine; // the number of the line in front of them
    private int _linesKept; // the number of the last of them
    private CommandLine? _commandLine;
    private Table? _table;
    private TableCommands? _commands;
    private IDisposable? _lock;
    private bool _isSkipping;

    /// <summary>Whether a table has been read; if not, nothing was restored.</summary>
    public bool HasRead { get; private set; }

    private bool IsNft => tables.Interface == KernelInterface.Nft;

    /// <summary>Restores all lines.</summary>
    /// <exception cref="RestoreException">A line is wrong, or the kernel refuses a table; tables committed before stay.</exception>
    public void Run(LineReader lines)
    {
        SaveReader reader = new(lines, options.Program);
        while (reader.Read())
        {
            try
            {
                RunLine(reader);
            }
            catch (UsageException e)
            {
                Fail(Explain(e, reader), reader);
            }
            catch (RestoreException e) when (options.Report is { } report)
            {
                report(e);
            }
            catch (KernelException e) when (e is { Operation: "mmap" or "mremap", Errno: Errno.ENOMEM })
            {
                throw reader.At(reader.Failed("There is not enough memory for a table of this size."));
            }
        }

        if (_table is not null && !_dialect.HasCommit)
        {
            Commit(reader);
        }
        else if (_table is not null)
        {
            RestoreException cut = reader.EndsWithinTable("The input ends within a table: the line COMMIT is missing, or the file was cut off; nothing of that table was changed.\nwrite: COMMIT");
            if (options.Report is not { } report)
            {
                throw cut;
            }

            report(cut);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _table?.Dispose();
        _lock?.Dispose();
    }

    private RestoreException Explain(UsageException error, SaveReader line) => new LineHints(tables.Family, tables.Extensions.Names, options.Program).Explain(error, line, _table);

    /// <summary>Ends at a mistake, or reports it and goes on.</summary>
    private void Fail(RestoreException mistake, SaveReader line)
    {
        if (options.Report is not { } report)
        {
            throw mistake;
        }

        report(mistake);
        if (_table is null && FileMistakes.See(line.Text, tables.Family, null, []) is { Lines: [['*', .. var meant]] })
        {
            try
            {
                BeginTable(line, Encoding.UTF8.GetBytes(meant)); // what stands in it has mistakes of its own
            }
            catch (UsageException)
            {
                _isSkipping = true;
            }
        }
        else if (_table is null)
        {
            _isSkipping = true; // to the next table: what is outside of all has been said once
        }
        else if (line.Kind == SaveLine.Table)
        {
            _table.Dispose();
            _table = null;
            try
            {
                BeginTable(line);
            }
            catch (UsageException e)
            {
                Fail(Explain(e, line), line);
            }
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => MessageText.Of(bytes);

    private void RunLine(SaveReader line)
    {
        if (line.Kind == SaveLine.Comment)
        {
            Repeat(line.Text);
        }
        else if (_table is not null && (line.Kind != SaveLine.Table || _dialect.HasCommit))
        {
            Keep(line);
            RunInTable(line);
        }
        else if (_table is not null)
        {
            Commit(line);
            BeginTable(line);
        }
        else if (line.Kind == SaveLine.Table)
        {
            BeginTable(line);
        }
        else if (!_isSkipping && (options.OnlyTable is null || HasRead))
        {
            throw line.OutsideOfTable(tables.Family.HasUserPolicies && !HasRead ? ": No chain/target/match by that name." : ""); // as ebtables says it
        }
    }

    private void RunInTable(SaveReader line)
    {
        switch (line.Kind)
        {
            case SaveLine.Commit:
                Commit(line);
                break;
            case SaveLine.Chain:
                SetChain(line);
                break;
            default:
                RunRule(line);
                break;
        }
    }

    private void Repeat(ReadOnlySpan<byte> comment)
    {
        if (options.Verbosity > 0)
        {
            output.Write(comment);
            output.Write((byte)'\n');
        }
    }

    private void BeginTable(SaveReader line)
    {
        BeginTable(line, line.ReadTableName());
    }

    private void BeginTable(SaveReader line, ReadOnlySpan<byte> name)
    {
        _lock ??= takeLock?.Invoke();
        _isSkipping = options.OnlyTable is { } only && !name.SequenceEqual(only);
        if (_isSkipping)
        {
            return;
        }

        HasRead = true;
        _lines.Clear();
        _firstLine = _linesKept = line.Line;
        Begin(name, output);
    }

    /// <summary>Keeps a line of a table that others may change meanwhile: what it does is then to be decided anew.</summary>
    private void Keep(SaveReader line)
    {
        if (IsNft && options.KeepsRules && line.Kind != SaveLine.Commit)
        {
            while (_linesKept < line.Line - 1)
            {
                KeepLine(default); // a comment, or nothing: so that the numbers stay right
            }

            KeepLine(line.Text);
        }
    }

    private void KeepLine(ReadOnlySpan<byte> text)
    {
        _lines.Write(text);
        _lines.Write((byte)'\n');
        _linesKept++;
    }

    private void Begin(ReadOnlySpan<byte> name, Output report)
    {
        try
        {
            bool isReported = !options.KeepsRules && options.Verbosity > 0;
            if (isReported && IsNft)
            {
                ReportClearing(name, report);
            }

            _table = options.KeepsRules || (isReported && !IsNft) ? tables.Read(name) : tables.ReadEmpty(name);
        }
        catch (KernelException e) when (IsNft)
        {
            throw e.Errno == Errno.ENOENT
                ? new UsageException($"{options.Program}: line {_firstLine} table name '{Text(name)}' invalid") { Hint = MissingTable.Hint(tables, Text(name), e) }
                : MissingTable.NoRuleset(tables, Text(name), e);
        }
        catch (KernelException e)
        {
            throw new UsageException($"{options.Program}: unable to initialize table '{Text(name)}'")
            {
                Hint = MissingTable.Hint(tables, Text(name), e) ?? $"The kernel says: {e.Message}.",
            };
        }

        _table.IsForWriting = !options.IsTest;
        _commands = new TableCommands(_table, tables, report, warn);
        _commandLine = new CommandLine(tables.Extensions) { Warn = warn, Doubt = options.Doubt, RestoreProgram = options.Program, Verbosity = options.KeepsRules ? 0 : options.Verbosity };
        if (!options.KeepsRules)
        {
            _commands.Clear(options.Verbosity > 0 && !IsNft);
        }
    }

    /// <summary>Reports what goes with a table that nf_tables has, which is made anew.</summary>
    private void ReportClearing(ReadOnlySpan<byte> name, Output report)
    {
        using Table old = tables.Read(name);
        old.ReadAll();
        new TableCommands(old, tables, report, warn).Clear(isVerbose: true);
    }

    private void SetChain(SaveReader line)
    {
        ReadOnlySpan<byte> name = line.ReadChainName();
        if (IsNft)
        {
            NameCheck.Written(name, tables.Family);
        }
        else if (name.Length > RuleLayout.MaxChainName)
        {
            throw new UsageException($"Invalid chain name `{Text(name)}' ({RuleLayout.MaxChainName} chars max)");
        }

        Table table = _table!;
        Chain? chain = table.Find(name);
        if (chain is not { IsBuiltIn: true })
        {
            if (chain is not null && (options.KeepsRules || IsNft))
            {
                table.Flush(chain);
            }
            else if (IsNft && StandardVerdict.TryParse(name, out _))
            {
                throw new UsageException("chain name may not clash with target name");
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

        ReadOnlySpan<byte> policy = line.ReadPolicy();
        if (tables.Family.HasUserPolicies && chain is { IsBuiltIn: false })
        {
            bool isPolicy = StandardVerdict.TryParse(policy, out int verdict) && verdict is not Verdict.Queue;
            chain.Policy = isPolicy ? verdict : throw line.Failed("The policy of a user's chain is ACCEPT, DROP or RETURN.", ": Bad policy name.");
            return;
        }

        if (!policy.SequenceEqual("-"u8))
        {
            SetPolicy(chain!, name, policy, line);
        }
    }

    private void SetPolicy(Chain chain, ReadOnlySpan<byte> name, ReadOnlySpan<byte> policy, SaveReader line)
    {
        if (!line.TryReadCounters(out XtCounters counters) && (!line.Part.IsEmpty || (options.RestoresCounters && !options.MayLackCounters)))
        {
            throw line.InvalidCounters(name);
        }

        if (!chain.IsBuiltIn && IsNft)
        {
            options.Doubt($"Warning: line {line.Line}: {Text(name)} is not built in: it has no policy, and only rules that jump there lead to it.");
            return; // as the original does
        }

        if (!chain.IsBuiltIn)
        {
            throw new UsageException($"Can't set policy `{Text(policy)}' on `{Text(name)}' line {line.Line}: Bad built-in chain name", ErrorShape.Other)
            {
                Hint = $"{Text(name)} is a user-defined chain, which has no policy: write \":{Text(name)} - [0:0]\".",
            };
        }

        if (!StandardVerdict.TryParse(policy, out int verdict) || verdict is not (Verdict.Accept or Verdict.Drop))
        {
            throw IsNft ? line.Failed("A policy is ACCEPT or DROP.", ": Bad policy name.") : new UsageException($"Can't set policy `{Text(policy)}' on `{Text(name)}' line {line.Line}: Bad policy name", ErrorShape.Other)
            {
                Hint = "A policy is ACCEPT or DROP.",
            };
        }

        chain.SetPolicy(verdict, options.RestoresCounters ? counters : default(XtCounters));
    }

    private void RunRule(SaveReader line)
    {
        if (ReadRule(line) is not { } command)
        {
            return;
        }

        if (command.Kind is CommandKind.Help or CommandKind.Version)
        {
            throw new UsageException($"-{(command.Kind == CommandKind.Help ? 'h' : 'V')} has no place among rules");
        }

        if (options.IsTest && command.Kind is CommandKind.Append or CommandKind.Insert or CommandKind.Replace && Contradiction.WarningOf(command.Rule) is { } warning)
        {
            options.Doubt($"Warning: line {line.Line}: {warning}");
        }

        _commands!.Line = line.Line;
        try
        {
            _ = _commands.Run(command);
        }
        catch (UsageException e) when (e.Shape is ErrorShape.Refused or ErrorShape.Answer)
        {
            throw IsNft ? line.Failed(e.Hint, $": {e.Message.Replace(" Run `dmesg' for more information.", "", StringComparison.Ordinal)}") : line.Failed(e.Hint ?? e.Message);
        }
        catch (UsageException e) when (e.Shape == ErrorShape.RefusedByNft)
        {
            throw new UsageException($"\nline {line.Line}:{e.Message}", e.Shape) { Hint = e.Hint };
        }
    }

    private Command? ReadRule(SaveReader line)
    {
        _commandLine!.Line = line.Line;
        ReadOnlySpan<byte> rule = line.ReadRule(out ReadOnlySpan<byte> packets, out ReadOnlySpan<byte> bytes);
        return options.RestoresCounters
            ? _commandLine.ParseLine(rule, _table!.Name, packets, bytes)
            : _commandLine.ParseLine(rule, _table!.Name);
    }

    private void Commit(SaveReader line)
    {
        Table table = _table!;
        _table = null;
        try
        {
            if (!options.IsTest)
            {
                output.Flush();
                Write(ref table);
                return;
            }

            Narrowing.Apply(table, tables);
            List<Finding> findings = new UsageCheck(table, tables.Extensions).Find(most: options.Report is null ? 1 : int.MaxValue);
            findings.Sort(static (one, other) => one.Line - other.Line);
            foreach (Finding finding in findings)
            {
                RestoreException mistake = Refused(line, table, finding, null, []);
                (options.Report ?? throw mistake)(mistake);
            }
        }
        catch (UsageException e) when (e.Line > 0)
        {
            byte[]? text = options.LineText(e.Line) ?? new UsageCheck(table, tables.Extensions).RuleOfLine(e.Line, e.Message)?.RuleText();
            throw new RestoreException(e.Line, text, e);
        }
        catch (TableRefusedException e)
        {
            throw Refused(line, e.Table, Refusal.Explain(e, tables), Refusal.Words(e), e.Refusals);
        }
        finally
        {
            table.Dispose();
            _commands = null;
            _lock?.Dispose();
            _lock = null;
        }
    }

    /// <summary>Writes the table; if others have changed it meanwhile, does all its lines again on what is there now.</summary>
    private void Write(ref Table table)
    {
        for (int round = 0; ; round++)
        {
            try
            {
                tables.Write(table);
                return;
            }
            catch (TablesChangedException) when (round < TablesChangedException.MostRounds)
            {
                byte[] name = table.Name;
                table.Dispose();
                Begin(name, new Output(Output.Nowhere));
                RunAgain(new SaveReader(new LineReader(_lines.Written.ToArray(), _firstLine), options.Program));
                table = _table!;
                _table = null;
            }
        }
    }

    private void RunAgain(SaveReader lines)
    {
        while (lines.Read())
        {
            try
            {
                RunInTable(lines);
            }
            catch (UsageException e)
            {
                throw Explain(e, lines);
            }
        }
    }

    /// <summary>
    /// The first line of the error names COMMIT, as iptables does, and the rest the rule; nf_tables says itself which lines it refuses.
    /// </summary>
    private RestoreException Refused(SaveReader commit, Table table, Finding? finding, string? otherwise, IReadOnlyList<NftRefusal> refusals)
    {
        int line = finding is { Line: > 0 } ? finding.Line : refusals is [{ Line: > 0 } first, ..] ? first.Line : commit.Line;
        byte[] text = options.LineText(line) ?? finding?.RuleText() ?? (line == commit.Line ? commit.Text.ToArray() : new UsageCheck(table, tables.Extensions).RuleOfLine(line, "")?.RuleText() ?? []);
        string? hint = finding?.ToString() ?? otherwise;
        UsageException error = commit.Failed(hint);
        if (refusals.Count > 0)
        {
            string lines = "";
            foreach (NftRefusal refusal in refusals)
            {
                lines += $"\nline {(refusal.Line > 0 ? refusal.Line : commit.Line)}: {refusal}";
            }

            error = new UsageException(lines, ErrorShape.RefusedByNft) { Hint = hint };
        }

        return new RestoreException(commit.Line, text, error) { FaultLine = line };
    }
}
