using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>Prints errors in the forms that programs know from iptables; what we know beyond them follows on separate lines.</summary>
/// <param name="program">The program's name in messages.</param>
/// <param name="version">The version after it.</param>
internal sealed class ErrorReport(string program, string version = Invocation.BareVersion)
{
    private readonly Output _errors = new(StandardStreams.Error);
    private bool _hasComplained;
    private List<string>? _doubts;

    /// <summary>Whether an error that the kernel or the table gives ends with a full stop.</summary>
    public bool EndsAnswers { private get; init; } = true;

    /// <summary>Prints a line.</summary>
    /// <param name="text">The line, or several; whatever is quoted in it cannot control a terminal.</param>
    public void Line(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            MessageText.Show(Encoding.UTF8.GetBytes(line), _errors);
            _errors.Write((byte)'\n');
        }

        _errors.Flush();
    }

    /// <summary>Keeps a warning that iptables does not give: it stands behind all that iptables says.</summary>
    public void Doubt(string line) => (_doubts ??= []).Add(line);

    /// <summary>Prints the warnings kept.</summary>
    public void PrintDoubts()
    {
        if (_doubts is not null && Shows(isAnswer: false))
        {
            _doubts.ForEach(Line);
        }
    }

    /// <summary>Prints what is wrong with an option, and the line that its program has after it.</summary>
    public void Print(OptionException error, string? after = null)
    {
        Line(error.Message);
        if (after is not null)
        {
            Line(after);
        }

        Hint(error.Hint);
    }

    /// <summary>Prints an error and returns the exit status.</summary>
    /// <param name="error">The error.</param>
    /// <param name="explain">Says more of it, if that is printed.</param>
    public int Print(UsageException error, Func<UsageException, UsageException>? explain = null)
    {
        int status = PrintMessage(error);
        error = explain is not null && Shows(error.IsAnswer) ? explain(error) : error;
        Beyond(error.Hint, error.IsAnswer);
        return error.Status ?? status;
    }

    /// <summary>
    /// Prints an error with its line of input and returns the exit status. A file of rules does not ask questions, so its errors are never
    /// answers.
    /// </summary>
    public int Print(RestoreException e)
    {
        UsageException error = e.Error;
        int status;
        if (error.Shape is ErrorShape.WrongUsage or ErrorShape.Absent or ErrorShape.StrayWord)
        {
            if (error.Shape == ErrorShape.StrayWord)
            {
                Line(error.Message);
            }
            else
            {
                Message(error.Message);
            }

            Line($"Error occurred at line: {e.Line}");
            TryHelp();
            status = 2;
        }
        else
        {
            status = PrintMessage(error);
        }

        bool isAnswer = error.Shape == ErrorShape.Busy;
        if (Shows(isAnswer))
        {
            Quote(e);
        }

        Beyond(error.Hint, isAnswer);
        return error.Status ?? status;
    }

    /// <summary>Prints what is wrong with a question to a firewall, or with a file that it names.</summary>
    /// <returns>False if it is another kind of error, which is not printed.</returns>
    public bool TryPrint(Exception e)
    {
        switch (e)
        {
            case OptionException option:
                Print(option);
                return true;
            case RestoreException restore:
                _ = Print(restore);
                return true;
            case UsageException or FormatException:
                Message(e.Message.Trim());
                return true;
            default:
                return false;
        }
    }

    /// <summary>Prints another mistake of the same input, which iptables does not report.</summary>
    public void PrintFurther(RestoreException e)
    {
        if (Shows(isAnswer: false))
        {
            Quote(e);
            Line($"Error: {e.Error.Message.Trim()}");
            Beyond(e.Error.Hint, isAnswer: false);
        }
    }

    /// <summary>Prints the line at fault, and marks the word.</summary>
    private void Quote(RestoreException e)
    {
        if (e.Text.Length == 0)
        {
            return;
        }

        string line = $"Line {e.FaultLine}: ";
        Line(line + MessageText.Of(e.Text));
        if (e.Word.Length > 0)
        {
            string before = MessageText.Of(e.Text.AsSpan(0, e.Column - 1));
            Line(new string(' ', line.Length + before.Length) + new string('^', e.Word.Length));
        }
    }

    /// <summary>Prints what goes beyond iptables' own lines, for an error that is not an answer.</summary>
    public void Hint(string? hint) => Beyond(hint, isAnswer: false);

    /// <summary>Whether to print anything beyond iptables' own lines: for an answer only if a person is reading.</summary>
    private static bool Shows(bool isAnswer) => Settings.Current.Hints switch
    {
        HintMode.Always => true,
        HintMode.Never => false,
        _ => !isAnswer || StandardStreams.IsTerminal(StandardStreams.Error),
    };

    private void Beyond(string? hint, bool isAnswer)
    {
        if (hint is null || !Shows(isAnswer))
        {
            return;
        }

        foreach (string line in hint.Split('\n'))
        {
            Line($"Hint: {line}");
        }

        if (Settings.Current.Complaint is { } complaint && !_hasComplained)
        {
            _hasComplained = true;
            Line($"Hint: {complaint}");
        }
    }

    public void TryHelp() => Line($"Try `{program} -h' or '{program} --help' for more information.");

    /// <summary>Prints a message with the program's name and version.</summary>
    public void Message(string message) => Line($"{program} {version}: {message}");

    private int PrintMessage(UsageException error)
    {
        switch (error.Shape)
        {
            case ErrorShape.WrongUsage or ErrorShape.Absent:
                Message(error.Message);
                TryHelp();
                return 2;
            case ErrorShape.StrayWord:
                Line(error.Message);
                TryHelp();
                return 2;
            case ErrorShape.OtherFamily:
                TryHelp();
                return 2;
            case ErrorShape.NoTable:
                Message(error.Message);
                Line($"Perhaps {program} or your kernel needs to be upgraded.");
                return 3;
            case ErrorShape.Refused or ErrorShape.Answer:
                Line($"{program}: {(EndsAnswers ? error.Message : error.Message.TrimEnd('.'))}");
                return 1;
            case ErrorShape.RefusedByNft:
                Message(error.Message);
                return 4;
            case ErrorShape.Other:
                Message(error.Message);
                return 1;
            case ErrorShape.Ended:
                return 1;
            default:
                Line(error.Message);
                return 4;
        }
    }
}
