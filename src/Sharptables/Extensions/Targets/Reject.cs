using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j REJECT</c>.</summary>
internal sealed class Reject : Target<RejectInfo>
{
    private static readonly Answer[] s_answers =
    [
        new(0, "icmp-net-unreachable", "net-unreach", 0),
        new(1, "icmp-host-unreachable", "host-unreach", 1),
        new(2, "icmp-proto-unreachable", "proto-unreach", 2),
        new(3, "icmp-port-unreachable", "port-unreach", 3),
        new(5, "icmp-net-prohibited", "net-prohib", 9),
        new(6, "icmp-host-prohibited", "host-prohib", 10),
        new(7, "tcp-reset", "tcp-rst", null),
        new(8, "icmp-admin-prohibited", "admin-prohib", 13),
    ];

    private static readonly Answer[] s_answers6 =
    [
        new(0, "icmp6-no-route", "no-route", 0),
        new(1, "icmp6-adm-prohibited", "adm-prohibited", 1),
        new(3, "icmp6-addr-unreachable", "addr-unreach", 3),
        new(4, "icmp6-port-unreachable", "port-unreach", 4),
        new(6, "tcp-reset", "tcp-reset", null),
        new(7, "icmp6-policy-fail", "policy-fail", 5),
        new(8, "icmp6-reject-route", "reject-route", 6),
    ];

    private readonly Answer[] _answers;
    private readonly uint _tcpReset;
    private readonly uint _portUnreachable;

    private Reject(Answer[] answers, params string[] former)
    {
        _answers = answers;
        _tcpReset = Array.Find(answers, static answer => answer.Name == "tcp-reset")!.Number;
        _portUnreachable = Array.Find(answers, static answer => answer.Alias == "port-unreach")!.Number;
        Options =
        [
            Option("reject-with", new AnswerSyntax(answers, former), (ref i) => ref i.Answer,
                "The answer to the sender; if not given, that the port is unreachable.", label: " reject-with "),
        ];
    }

    public static Reject OfIPv4() => new(s_answers, "echo-reply", "echoreply");

    public static Reject OfIPv6() => new(s_answers6);

    /// <inheritdoc/>
    public override string Name => "REJECT";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_TARGET_REJECT";

    /// <inheritdoc/>
    public override string Summary => "Drops the packet and tells its sender.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["filter"], Hooks: Hooks.Input | Hooks.Forward | Hooks.Output);

    /// <inheritdoc/>
    protected override void Begin(ref RejectInfo info) => info.Answer = _portUnreachable;

    /// <inheritdoc/>
    protected override string? Misuse(in RejectInfo info, in Format format) =>
        info.Answer == _tcpReset && format.Protocol != Protocol.Tcp ? "--reject-with tcp-reset needs -p tcp" : null;

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref RejectInfo info)
    {
        if (statement is not Statement.Reject reject || Array.Find(_answers, answer => answer.Code == reject.Code) is not { } answer)
        {
            return false;
        }

        info.Answer = answer.Number;
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in RejectInfo info, NftText nft)
    {
        uint number = info.Answer;
        return Array.Find(_answers, answer => answer.Number == number) is { } answer && nft.TryWrite(new Statement.Reject(answer.Code));
    }

    /// <summary>An answer.</summary>
    /// <param name="Number">Its number in the struct.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Alias">Another name.</param>
    /// <param name="Code">The code of the message; null for a reset of TCP.</param>
    private sealed record Answer(uint Number, string Name, string Alias, byte? Code);

    /// <summary>The name of an answer, or any beginning of one: the first in the list that matches is taken.</summary>
    private sealed class AnswerSyntax(Answer[] answers, string[] former) : Syntax<uint>
    {
        public override string Placeholder => "type";

        public override IReadOnlyList<string> Choices => Array.ConvertAll(answers, static a => a.Name);

        public override ValueList Values
        {
            get
            {
                List<string> lines = [];
                foreach (Answer answer in answers)
                {
                    lines.Add(answer.Name);
                    lines.Add($"{answer.Alias,-24} \talias");
                }

                return new("Valid reject types:", lines, indent: "    ");
            }
        }

        public override void Parse(in Argument argument, ref uint field)
        {
            foreach (Answer answer in answers)
            {
                if (IsStartOf(argument.Text, answer.Name) || IsStartOf(argument.Text, answer.Alias))
                {
                    field = answer.Number;
                    return;
                }
            }

            foreach (string name in former)
            {
                if (IsStartOf(argument.Text, name))
                {
                    argument.Rule.Warn($"--reject-with {former[0]} no longer supported");
                    break;
                }
            }

            throw new UsageException($"unknown reject type \"{argument.Word}\"");
        }

        public override void Write(in uint field, Output output, in Format format)
        {
            foreach (Answer answer in answers)
            {
                if (answer.Number == field)
                {
                    output.Write(answer.Name);
                    return;
                }
            }

            output.WriteNumber((ulong)field);
        }

        private static bool IsStartOf(ReadOnlySpan<byte> text, string name) =>
            text.Length <= name.Length && Ascii.EqualsIgnoreCase(text, name.AsSpan(0, text.Length));
    }

    /// <inheritdoc/>
    protected override Fate? Act(in RejectInfo info, Packet packet) => Fate.Reject;
}

/// <summary>
/// The kernel's struct for <c>-j REJECT</c>. <c>struct ip6t_reject_info</c> (linux/netfilter_ipv6/ip6t_REJECT.h) has other
/// numbers.
/// </summary>
[KernelStruct("struct ipt_reject_info", "linux/netfilter_ipv4/ipt_REJECT.h")]
[StructLayout(LayoutKind.Sequential)]
public struct RejectInfo
{
    /// <summary>The answer sent back.</summary>
    public uint Answer;
}
