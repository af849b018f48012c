using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using Sharptables.Explain;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>sharptables explain</c>: which rule would take a packet, and why.</summary>
internal static partial class ExplainProgram
{
    private const string Program = "sharptables explain";
    private const int Passes = 0, IsDropped = 1, IsUnknown = 2, IsError = 3;

    public static int Run(Invocation invocation)
    {
        ErrorReport errors = new(Program);
        Output output = new(StandardStreams.Output);
        try
        {
            int status = Run(ExplainWords.Read(invocation), errors, output);
            output.Flush();
            return status;
        }
        catch (Exception e) when (errors.TryPrint(e))
        {
            return IsError;
        }
    }

    private static int Run(ExplainWords words, ErrorReport errors, Output output)
    {
        if (words.AsksForHelp)
        {
            ProgramHelp.Write(Describe(Family.IPv4), Program, output);
            return 0;
        }

        bool hasColor = Terminal.HasColor(words.Color);
        using AskedRules rules = AskedRules.For(words, errors);
        List<Explanation> answers = [.. new PacketQuestion(words, rules).Answers()];
        if (words.IsJson)
        {
            WriteJson(answers, output);
        }
        else
        {
            ExplanationText text = new(output, rules.File, (word, color) => Terminal.Paint(word, color, hasColor)) { ShowsWay = answers.Count == 1 || words.IsVerbose };
            for (int i = 0; i < answers.Count; i++)
            {
                output.Write(answers.Count > 1 ? $"packet {i + 1}: " : "");
                text.Write(answers[i]);
            }
        }

        return words.Expected is { } expected
            ? All(answers, answer => Expectation.IsMet(expected, answer)) switch { true => Passes, false => IsDropped, null => IsUnknown }
            : All(answers, static answer => answer.Passes) switch { true => Passes, false => IsDropped, null => IsUnknown };
    }

    /// <summary>What is so of all; null if that is not known of one, or not the same of all.</summary>
    private static bool? All(List<Explanation> answers, Func<Explanation, bool?> question)
    {
        bool? first = question(answers[0]);
        return answers.TrueForAll(answer => question(answer) == first) ? first : null;
    }

    private static void WriteJson(List<Explanation> answers, Output output)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter json = new(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("packets"u8);
            answers.ForEach(answer => ExplanationJson.Write(answer, json));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write(text.WrittenSpan);
        output.Write((byte)'\n');
    }
}
