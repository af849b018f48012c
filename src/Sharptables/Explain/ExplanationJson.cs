using System.Text.Json;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>Writes what becomes of a packet for programs to read.</summary>
internal static class ExplanationJson
{
    /// <summary>Writes it as an object.</summary>
    public static void Write(Explanation explanation, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("answer"u8, Word(explanation.Passes));
        json.WriteBoolean("complete"u8, explanation.IsWhole);
        json.WriteStartArray("cases"u8);
        foreach (Ending ending in explanation.Endings)
        {
            Write(ending, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Word(bool? passes) => passes switch { true => "passes", false => "blocked", null => "unknown" };

    private static void Write(Ending ending, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("verdict"u8, ExplanationText.Word(ending));
        json.WriteString("answer"u8, Word(ending.Passes));
        if (ending.By is { } rule)
        {
            json.WritePropertyName("rule"u8);
            Write(rule, json);
        }

        if (ending.Policy is { } chain)
        {
            json.WriteStartObject("policy"u8);
            json.WriteString("table"u8, chain.Table.Name);
            json.WriteString("chain"u8, chain.Name);
            json.WriteEndObject();
        }

        if (ending.Reason.Length > 0)
        {
            json.WriteString("reason"u8, ending.Reason);
        }

        json.WriteStartArray("if"u8);
        foreach (Premise premise in ending.Premises)
        {
            json.WriteStartObject();
            json.WriteString("question"u8, premise.Text);
            json.WriteBoolean("holds"u8, premise.Holds);
            if (premise.DependsOn is { } what)
            {
                json.WriteString("depends"u8, what);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("otherCases"u8, ending.Others);
        json.WriteStartObject("changed"u8);
        for (int i = 0; i < ending.Packet.Changes.Count; i++)
        {
            Field field = ending.Packet.Changes[i];
            if (ending.Packet.Changes.IndexOf(field) == i && !FieldText.IsOfConnection(field))
            {
                json.WriteString(FieldText.NameOf(field), FieldText.Of(ending.Packet, field));
            }
        }

        json.WriteEndObject();
        json.WriteStartArray("way"u8);
        foreach (Step step in ending.Steps)
        {
            Write(step, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Step step, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        switch (step)
        {
            case Step.Enters { Chain: var chain }:
                json.WriteString("step"u8, "chain"u8);
                json.WriteString("table"u8, chain.Table.Name);
                json.WriteString("chain"u8, chain.Name);
                break;
            case Step.Takes takes:
                json.WriteString("step"u8, takes.IsSure ? "match"u8 : "perhaps"u8);
                json.WritePropertyName("rule"u8);
                Write(takes.Rule, json);
                json.WriteStartArray("changes"u8);
                foreach (string change in takes.Changes)
                {
                    json.WriteStringValue(change);
                }

                json.WriteEndArray();
                break;
            case Step.Leaves leaves:
                json.WriteString("step"u8, "no match"u8);
                json.WritePropertyName("rule"u8);
                Write(leaves.Rule, json);
                json.WriteString("why"u8, leaves.Why);
                break;
            case Step.Returns { Chain: var chain }:
                json.WriteString("step"u8, "return"u8);
                json.WriteString("chain"u8, chain.Name);
                break;
            case Step.Policy { Chain: var chain } policy:
                json.WriteString("step"u8, "policy"u8);
                json.WriteString("chain"u8, chain.Name);
                json.WriteString("verdict"u8, Model.StandardVerdict.Name(policy.Verdict));
                break;
            case Step.Notes notes:
                json.WriteString("step"u8, "kernel"u8);
                json.WriteString("text"u8, notes.Text);
                break;
        }

        json.WriteEndObject();
    }

    private static void Write(AskedRule rule, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("table"u8, rule.Chain.Table.Name);
        json.WriteString("chain"u8, rule.Chain.Name);
        json.WriteNumber("number"u8, rule.Number);
        json.WriteString("text"u8, rule.Text);
        if (rule.Line > 0)
        {
            json.WriteNumber("line"u8, rule.Line);
        }

        json.WriteEndObject();
    }
}
