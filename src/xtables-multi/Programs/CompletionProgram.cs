using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>sharptables completion</c>: the scripts for shells' completion, and the candidates that they ask for.</summary>
internal static partial class CompletionProgram
{
    public static int Run(Invocation invocation)
    {
        string[] words = Array.ConvertAll(invocation.Words.ToArray(), static word => Encoding.UTF8.GetString(word));
        Output output = new(StandardStreams.Output);
        if (words is ["--words", .. var line] && line.Length > 1)
        {
            Answer(line, output);
        }
        else if (words is ["--help" or "-h"])
        {
            ProgramHelp.Write(Describe(Family.IPv4), "sharptables completion", output);
        }
        else if (words is [var shell] && CompletionScript.Find(shell, ManualPages.ProgramNames()) is { } script)
        {
            output.Write(script);
        }
        else
        {
            Output errors = new(StandardStreams.Error);
            errors.Write($"sharptables completion: say for which shell: {string.Join(", ", CompletionScript.Shells)}\n");
            errors.Flush();
            return 2;
        }

        output.Flush();
        return 0;
    }

    private static void Answer(string[] line, Output output)
    {
        string name = line[0][(line[0].LastIndexOf('/') + 1)..];
        if (ProgramList.Find(name) is not { } program)
        {
            return;
        }

        ProgramDescription description = program.Describe(program.Family);
        if (description.Extensions is not null)
        {
            byte[][] words = ["completion"u8.ToArray(), "--words"u8.ToArray(), .. Array.ConvertAll(line, Encoding.UTF8.GetBytes)];
            Invocation again = new("sharptables"u8.ToArray(), words, program.Family);
            description = description with { Extensions = new ExtensionSet(program.Family) { Plugins = ProgramPlugins.Of(again, program.Name) } };
        }

        List<Candidate> found = Completion.Find(description, line.AsSpan(1), new CandidateSource(program.Family, program.InterfaceOf(name) ?? InterfaceChoice.Make().Interface));
        foreach (Candidate candidate in found)
        {
            output.Write(candidate.Summary.Length == 0 ? $"{candidate.Text}\n" : $"{candidate.Text}\t{candidate.Summary}\n");
        }
    }
}
