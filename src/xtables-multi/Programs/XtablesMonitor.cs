using System;
using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>xtables-monitor</c>: shows changes of rules in nf_tables, and what becomes of packets that the target TRACE marks.</summary>
internal static partial class XtablesMonitor
{
    private const string Name = "xtables-monitor";
    private const int Ended = 1;
    private const int Misused = 2;
    private const byte AnyFamily = 0; // NFPROTO_UNSPEC, linux/netfilter.h

    private static readonly ProgramOption[] s_options =
    [
        new('e', "event", summary: "Shows each change of tables, chains and rules, and which program has made it."),
        new('t', "trace", summary: "Shows packets that the target TRACE marks, and the rules and policies that decide about them."),
        new('4', "ipv4", summary: "Shows only what concerns IPv4; of two families the last counts."),
        new('6', "ipv6", summary: "Shows only what concerns IPv6."),
        new('c', "counters", summary: "Shows the counters of each rule in front of it."),
        new('V', "version", summary: "Shows the version."),
        new('h', "help", summary: "Shows its usage and exits with status 1."),
    ];

    public static int Run(Invocation invocation)
    {
        ErrorReport errors = new(Name, Invocation.BareVersion[1..]);
        OptionReader reader = new(invocation, s_options);
        bool showsChanges = false, showsTraces = false, showsCounters = false;
        byte family = AnyFamily;
        try
        {
            for (char option; (option = reader.Next()) != '\0';)
            {
                switch (option)
                {
                    case 'e':
                        showsChanges = true;
                        break;
                    case 't':
                        showsTraces = true;
                        break;
                    case '4':
                        family = NftFamily.IPv4;
                        break;
                    case '6':
                        family = NftFamily.IPv6;
                        break;
                    case 'c':
                        showsCounters = true;
                        break;
                    case 'V':
                        return ShowVersion();
                    default:
                        return ShowHelp();
                }
            }
        }
        catch (OptionException)
        {
            return Refuse(errors, "Bad argument.");
        }

        if (reader.Operands is [var operand, ..])
        {
            return Refuse(errors, $"Bad argument `{MessageText.Of(operand)}'");
        }

        if (!showsChanges && !showsTraces)
        {
            return ShowHelp();
        }

        try
        {
            using NftEvents events = new(showsChanges, showsTraces);
            return Watch(events, new EventText(showsCounters), family, errors);
        }
        catch (KernelException e) when (e.Operation is "socket" or "bind")
        {
            errors.Line($"cannot {(e.Operation == "bind" ? "bind to" : "open")} nfnetlink socket: {e.Message}");
            return Ended;
        }
    }

    /// <summary>Shows events until it is ended, or until nobody reads any more.</summary>
    private static int Watch(NftEvents events, EventText text, byte wanted, ErrorReport errors)
    {
        StandardStreams.OutliveBrokenPipe();
        while (true)
        {
            try
            {
                events.Wait();
            }
            catch (KernelException e) when (e.Errno == Errno.ENOBUFS)
            {
                errors.Line($"{Name}: events were lost here: there were more than the kernel keeps");
                continue;
            }

            while (events.Next(out ushort type, out byte family, out ReadOnlySpan<byte> attributes))
            {
                if (wanted == AnyFamily || wanted == family || type == NfTables.Message.NewGeneration)
                {
                    text.Write(type, family, attributes);
                }
            }

            try
            {
                text.Flush();
            }
            catch (KernelException e) when (e.Errno == Errno.EPIPE)
            {
                return Ended;
            }
        }
    }

    private static int Refuse(ErrorReport errors, string message)
    {
        errors.Message(message);
        errors.Line($"Try `{Name} -h' for more information.");
        return Misused;
    }

    private static int ShowVersion()
    {
        Output output = new(StandardStreams.Output);
        output.Write($"{Name} {Invocation.BareVersion[1..]}\n");
        output.Flush();
        return 0;
    }

    private static int ShowHelp()
    {
        Output output = new(StandardStreams.Output);
        ProgramHelp.Write(Describe(Family.IPv4), Name, output);
        output.Flush();
        return Ended;
    }
}
