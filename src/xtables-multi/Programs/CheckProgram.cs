using System;
using System.Security;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>sharptables check</c>: tests of a firewall.</summary>
internal static partial class CheckProgram
{
    private const string Program = "sharptables check";
    private const int AsExpected = 0, Otherwise = 1, IsError = 3;

    public static int Run(Invocation invocation)
    {
        ErrorReport errors = new(Program);
        Output output = new(StandardStreams.Output);
        try
        {
            int status = Run(invocation, errors, output);
            output.Flush();
            return status;
        }
        catch (Exception e) when (errors.TryPrint(e))
        {
            return IsError;
        }
    }

    private static int Run(Invocation invocation, ErrorReport errors, Output output)
    {
        CheckWords words = CheckWords.Read(invocation);
        if (words.AsksForHelp)
        {
            ProgramHelp.Write(Describe(Family.IPv4), Program, output);
            return 0;
        }

        if (words.Files.Count == 0)
        {
            throw new OptionException($"{Program}: no file of questions is named; - is standard input");
        }

        using FirewallTests tests = new(invocation with { Words = words.ForAll.ToArray() }, errors);
        foreach (byte[] file in words.Files)
        {
            bool isInput = file.AsSpan().SequenceEqual("-"u8);
            tests.Run(Encoding.UTF8.GetString(isInput ? AskedFile.ReadInput() : AskedFile.Read(file)), isInput ? null : Encoding.UTF8.GetString(file));
        }

        if (tests.All.Count == 0)
        {
            throw new FormatException("there is no question");
        }

        int failed = 0;
        foreach (FirewallTest test in tests.All)
        {
            failed += test.Passed ? 0 : 1;
        }

        if (words.IsJUnit)
        {
            WriteJUnit(tests, failed, output);
        }
        else
        {
            WriteTap(tests, failed, output);
        }

        return failed == 0 ? AsExpected : Otherwise;
    }

    /// <summary>Writes the answers in the Test Anything Protocol, version 13.</summary>
    private static void WriteTap(FirewallTests tests, int failed, Output output)
    {
        output.Write($"TAP version 13\n1..{tests.All.Count}\n");
        foreach (FirewallTest test in tests.All)
        {
            output.Write($"{(test.Passed ? "ok" : "not ok")} {test.Number} - {test.Name.Replace("#", "\\#", StringComparison.Ordinal)}\n");
            if (!test.Passed)
            {
                output.Write($"  ---\n  line: {test.Line}\n  expected: {test.Expected}\n  answer: |\n");
                foreach (string line in test.Answer.Split('\n'))
                {
                    output.Write($"    {line}\n");
                }

                output.Write("  ...\n"u8);
            }
        }

        output.Write($"# {tests.All.Count - failed} passed, {failed} failed\n");
    }

    /// <summary>Writes the answers as XML, as JUnit does.</summary>
    private static void WriteJUnit(FirewallTests tests, int failed, Output output)
    {
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
        output.Write($"<testsuite name=\"firewall\" tests=\"{tests.All.Count}\" failures=\"{failed}\">\n");
        foreach (FirewallTest test in tests.All)
        {
            output.Write($"  <testcase name=\"{Escaped(test.Name)}\" line=\"{test.Line}\"");
            output.Write(test.Passed ? "/>\n" : $">\n    <failure message=\"expected {test.Expected}\">{Escaped(test.Answer)}</failure>\n  </testcase>\n");
        }

        output.Write("</testsuite>\n"u8);
    }

    /// <summary>A text in XML, which has no control characters.</summary>
    private static string? Escaped(string text)
    {
        StringBuilder clean = new();
        foreach (char c in text)
        {
            clean.Append(c < ' ' && c is not ('\n' or '\t') ? '?' : c);
        }

        return SecurityElement.Escape(clean.ToString());
    }
}
