using System;
using Sharptables.Extensions.Catalogue;
using Sharptables.Extensions.Plugins;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>One run of iptables-apply: the change, the question, and the outcome. Each step returns the exit status.</summary>
/// <remarks>The messages are the original's, and say "iptables" for either family.</remarks>
/// <param name="invocation">How the program was called.</param>
/// <param name="plugins">Matches and targets of others.</param>
/// <param name="timeout">How long it waits for the answer, and for a command.</param>
/// <param name="saveFile">Where confirmed rules are saved, or null.</param>
/// <param name="errors">Prints errors.</param>
internal sealed class ApplySession(Invocation invocation, IPlugins plugins, TimeSpan timeout, byte[]? saveFile, ErrorReport errors)
{
    private const int CommandPoll = 20; // milliseconds

    /// <summary>How long a command has to end after SIGTERM.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    /// <summary>How much longer than this program the watchdog waits, since it is for when this program is stuck.</summary>
    private static readonly TimeSpan s_leeway = TimeSpan.FromSeconds(5);

    private const string NoSupport = "Error: iptables support lacking from the kernel";

    private readonly Output _output = new(StandardStreams.Output);

    private string Name => invocation.CommandName;

    /// <summary>Restores a file of rules, and asks.</summary>
    public int ApplyFile(byte[] path)
    {
        string shown = MessageText.Of(path);
        byte[]? content = null;
        string reason = KernelException.ErrorText(Errno.ENOENT);
        try
        {
            content = FileReader.ReadAll(path);
        }
        catch (KernelException e)
        {
            reason = e.Message;
        }

        if (content is null)
        {
            errors.Line($"Error: rulesfile not readable: {shown}");
            errors.Hint(reason);
            return ApplyStatus.NoRulesFile;
        }

        ErrorReport restoreErrors = new(Name + "-restore", invocation.Version);
        RulesFile rules = new(content, invocation.Interface, Extensions(), restoreErrors);
        if (Begin([invocation.Family], invocation.Interface, out XTablesLock? held, out OldRules? old) is var status && old is null)
        {
            return status;
        }

        Rollback? rollback = null;
        bool isApplied = false;
        try
        {
            using (held)
            {
                Say($"Applying new iptables rules from '{shown}'... ");
                rules.Try();
                rollback = Rollback.Arm(old);
                rules.Commit();
                isApplied = true;
            }
        }
        catch (RestoreException e)
        {
            restoreErrors.Print(e);
        }
        catch (UsageException e)
        {
            restoreErrors.Print(e);
        }
        catch (Exception e) when (KernelErrors.IsOne(e))
        {
            restoreErrors.Print(KernelErrors.ErrorOf(e));
        }

        using (old)
        using (rollback)
        {
            if (!isApplied)
            {
                string? hint = rollback is null ? "Nothing was changed: all tables are tried before the first is put in force." : null;
                return GiveUp(rollback, $"Error: unknown error applying new iptables rules: {shown}", hint, ApplyStatus.NotApplied);
            }

            return Ask(rollback!, rules.HasTables ? null : $"Warning: there is no table in {shown}; nothing was changed.");
        }
    }

    /// <summary>Runs a command that changes rules, and asks.</summary>
    public int RunCommand(byte[] path)
    {
        string shown = MessageText.Of(path);
        byte[] file = Array.IndexOf(path, (byte)'/') < 0 ? [.. "./"u8, .. path] : path;
        if (!FileDescriptor.IsExecutable(file))
        {
            errors.Line($"Error: runcmd not executable: {shown}");
            return ApplyStatus.NoCommand;
        }

        Family family = invocation.Family;
        Family[] all = family.Twin is { } twin ? [family, twin] : [family]; // a firewall script often sets up both
        if (Begin(all, only: null, out XTablesLock? held, out OldRules? old) is var status && old is null)
        {
            return status;
        }

        using (old)
        {
            Say($"Running command '{shown}'... ");
            string? reason;
            Rollback? rollback = null;
            try
            {
                using (held)
                {
                    rollback = Rollback.Arm(old);
                }

                reason = RunToEnd(file, rollback);
            }
            catch (KernelException e)
            {
                reason = KernelErrors.Text(e);
            }

            using (rollback)
            {
                return reason is null
                    ? Ask(rollback!, warning: null)
                    : GiveUp(rollback, $"Error: unknown error running command: {shown}", reason, ApplyStatus.CommandFailed);
            }
        }
    }

    /// <summary>Takes the lock and a snapshot of the old rules.</summary>
    /// <param name="families">The families that the change may affect.</param>
    /// <param name="only">The only interface that it uses; null: any.</param>
    /// <param name="held">The lock.</param>
    /// <param name="old">The old rules, or null.</param>
    /// <returns>The exit status, if that fails.</returns>
    private int Begin(Family[] families, KernelInterface? only, out XTablesLock? held, out OldRules? old)
    {
        held = null;
        old = null;
        try
        {
            held = TableLock.Take();
            if (PendingApply.Find(families) is { } pending) // its mark is made under the lock
            {
                errors.Line(pending.Error);
                errors.Hint(pending.Hint);
                held.Dispose();
                return ApplyStatus.Pending;
            }

            if (IptablesSave.TablesInForce(invocation, errors) is not null)
            {
                old = OldRules.Take(families, only);
                return 0;
            }

            errors.Line(NoSupport);
        }
        catch (UsageException e)
        {
            errors.Print(e);
        }
        catch (Exception e) when (KernelErrors.IsOne(e))
        {
            errors.Line(KernelErrors.Text(e));
            errors.Line(NoSupport);
        }

        held?.Dispose();
        return ApplyStatus.NoTables;
    }

    /// <summary>Runs a command in a process group of its own, no longer than the timeout.</summary>
    /// <returns>Why it failed, or null.</returns>
    private string? RunToEnd(byte[] file, Rollback rollback)
    {
        rollback.Wait(timeout + s_grace + s_leeway);
        int pid;
        try
        {
            pid = Start(file);
        }
        catch (KernelException e)
        {
            return $"It cannot be run: {e.Message}.";
        }

        rollback.Watch(pid);
        long until = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        bool isOverdue = false;
        bool isWatched = true;
        int status;
        while (!ChildProcess.HasEnded(pid, out status))
        {
            long now = Environment.TickCount64;
            if (now >= until)
            {
                ChildProcess.EndGroup(pid, atOnce: isOverdue);
                isOverdue = true;
                until = now + (long)s_grace.TotalMilliseconds;
            }

            if (FileDescriptor.WaitForInput(isWatched ? [rollback.Replies] : [], now + CommandPoll) == 0)
            {
                isWatched = false; // the watchdog has taken over, or was killed
                ChildProcess.EndGroup(pid, atOnce: true);
            }
        }

        rollback.Watch(0);
        return isOverdue ? $"It had not ended after {timeout.TotalSeconds:0} seconds."
            : !isWatched ? "The watchdog has ended it."
            : status != 0 ? $"Its exit status is {status}."
            : null;
    }

    private static int Start(byte[] file)
    {
        ChildStart start = new() { Ties = ChildTies.OwnGroup };
        try
        {
            return ChildProcess.Start([file], start);
        }
        catch (KernelException e) when (e.Errno == Errno.ENOEXEC)
        {
            return ChildProcess.Start(["/bin/sh"u8.ToArray(), file], start); // a script without #!, as a shell runs it
        }
    }

    /// <summary>Asks whether to keep the new rules.</summary>
    private int Ask(Rollback rollback, string? warning)
    {
        Say("done.\n");
        if (warning is not null)
        {
            errors.Line(warning);
        }

        rollback.Wait(timeout);
        Say("Can you establish NEW connections to the machine? (y/N) ");
        byte? key = ReadKey(rollback);
        Say("\n");
        bool isYes = key is (byte)'y' or (byte)'Y';
        if (isYes && rollback.Keep())
        {
            return Save();
        }

        Say(key is null || isYes
            ? "Timeout! Something happened (or did not). Better play it safe...\n"
            : "No affirmative response! Better play it safe...\n");
        return Revert(rollback, ApplyStatus.PutBack);
    }

    /// <summary>The key of the answer; null at the time limit, at the end of the input, and for a blank or an empty line.</summary>
    private byte? ReadKey(Rollback rollback)
    {
        if (timeout == TimeSpan.Zero)
        {
            return null; // even if something has been typed
        }

        using KeyMode? keys = KeyMode.TryEnter(StandardStreams.Input);
        long until = Environment.TickCount64 + (long)(timeout + s_leeway).TotalMilliseconds; // in case the watchdog itself is stuck
        Span<byte> key = stackalloc byte[1];
        try
        {
            return FileDescriptor.WaitForInput([rollback.Replies, StandardStreams.Input], until) != 1
                || FileDescriptor.ReadChunk(StandardStreams.Input, key) == 0
                || key[0] is (byte)' ' or (byte)'\t' or (byte)'\n' ? null : key[0];
        }
        catch (KernelException)
        {
            return null; // the terminal has hung up
        }
    }

    private int GiveUp(Rollback? rollback, string error, string? hint, int status)
    {
        Say("failed.\n");
        errors.Line(error);
        errors.Hint(hint);
        return Revert(rollback, status);
    }

    private int Revert(Rollback? rollback, int status)
    {
        Say("Reverting to old iptables rules... ");
        if (rollback?.PutBack() is { } failure)
        {
            Say("failed.\n");
            errors.Line($"Error: {failure}");
            errors.Line("New rules are still in force there."); // not a hint: it reports the state of the machine
            return ApplyStatus.NotPutBack;
        }

        Say("done.\n");
        return status;
    }

    /// <summary>Saves the confirmed rules, if that is wanted. The old file stays until the new one is complete.</summary>
    private int Save()
    {
        if (saveFile is not null)
        {
            string shown = MessageText.Of(saveFile);
            Say($"Writing successfully applied rules to '{shown}'...\n");
            if (WriteSaveFile(saveFile) is { } reason)
            {
                errors.Line($"Error: unknown error writing successfully applied rules: {shown}");
                errors.Line($"{reason}. The new rules are in force.");
                return ApplyStatus.NotSaved;
            }
        }

        Say("... then my job is done. See you next time.\n");
        return ApplyStatus.Kept;
    }

    /// <summary>Saves the rules in force to a file; returns why it cannot.</summary>
    private string? WriteSaveFile(byte[] path)
    {
        try
        {
            using ReplacementFile file = ReplacementFile.Create(path);
            if (IptablesSave.Save(invocation, Extensions(), new Output(file.Descriptor)) != 0)
            {
                return "The file is as it was";
            }

            file.Commit();
            return null;
        }
        catch (Exception e) when (KernelErrors.IsOne(e))
        {
            return KernelErrors.Text(e);
        }
    }

    private ExtensionSet Extensions() => new(invocation.Family) { Plugins = plugins };

    private void Say(string text)
    {
        _output.Write(text);
        _output.Flush();
    }
}
