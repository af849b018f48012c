using System;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Explain;

/// <summary>A question to a packet whose answer is not known, in iptables' words.</summary>
internal sealed class Question
{
    /// <summary>What a rule asks.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="test">The match that has no answer.</param>
    /// <param name="by">The option that it depends on, or null.</param>
    /// <param name="packet">The packet.</param>
    public Question(AskedRule rule, AskedTest test, Option? by, Packet packet)
    {
        Rule = rule;
        bool isInverted = false;
        if (by?.Of is not null)
        {
            Condition condition = by.ConditionIn(test.Payload, packet.Family);
            isInverted = condition.IsInverted;
            Condition = condition with { IsInverted = false };
        }

        string text = TextOf(rule, test, by?.Of is null ? null : by);
        Text = isInverted && text.StartsWith("! ", StringComparison.Ordinal) ? text[2..] : text;
        PassesIfSo = !isInverted;
        DependsOn = Condition is null ? test.Extension.DependsOn : null;
        IsRemembered = Condition is null && !test.Extension.IsOfTheMoment;
    }

    /// <summary>What the kernel asks.</summary>
    /// <param name="text">The question.</param>
    /// <param name="condition">The condition on a field, if it is one.</param>
    /// <param name="dependsOn">What it depends on beside the packet, or null.</param>
    /// <param name="rule">The rule that leads to it, or null.</param>
    public Question(string text, Condition? condition, string? dependsOn, AskedRule? rule = null) =>
        (Text, Condition, DependsOn, Rule, PassesIfSo) = (text, condition, dependsOn, rule, true);

    public AskedRule? Rule { get; }

    /// <summary>The question, not inverted: <c>--ctstate NEW</c>.</summary>
    public string Text { get; }

    /// <summary>The condition on a field, not inverted; null if it is none.</summary>
    public Condition? Condition { get; }

    /// <summary>Whether a packet passes if it is so.</summary>
    public bool PassesIfSo { get; }

    /// <summary>Whether the answer is the same when it is asked again.</summary>
    public bool IsRemembered { get; }

    /// <summary>What the answer depends on beside the packet, or null.</summary>
    public string? DependsOn { get; }

    /// <summary>The answer, taken for granted.</summary>
    public Premise Premise(bool holds) => new(Text, holds, Condition, DependsOn, Rule);

    /// <summary>Why a rule leaves a packet: the condition, and what the packet has.</summary>
    public static string WhyNot(AskedRule rule, AskedTest test, Option? by, Packet packet)
    {
        string text = TextOf(rule, test, by);
        return by?.Of is { } field && FieldText.Of(packet, field) is { } value ? $"{text}: it has {value}" : text;
    }

    /// <summary>An option of a match, or all of it, as iptables-save has it.</summary>
    private static string TextOf(AskedRule rule, AskedTest test, Option? by)
    {
        Output output = new(Output.Kept);
        Format format = new(test.Extension.Family, rule.Chain.Table.Extensions.Names, rule.Protocol, IsNumeric: true, IsListing: false);
        if (by is null)
        {
            output.Write(test.Extension is IHead ? "" : $" -m {test.Extension.Name}");
            test.Extension.Save(test.Payload, output, format);
        }
        else
        {
            by.Save(test.Payload, output, format);
        }

        return Encoding.UTF8.GetString(output.Written).Trim();
    }
}
