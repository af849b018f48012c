using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Backends;
using Sharptables.Editing;
using Sharptables.Explain;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Packets;
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
        catch (OptionException e)
        {
            errors.Print(e);
        }
        catch (RestoreException e)
        {
            _ = errors.Print(e);
        }
        catch (UsageException e)
        {
            errors.Message(e.Message.Trim());
        }
        catch (FormatException e)
        {
            errors.Message(e.Message);
        }

        return IsError;
    }

    private static byte[] Read(byte[] path)
    {
        int file;
        try
        {
            file = FileDescriptor.OpenRead(path);
        }
        catch (KernelException e)
        {
            throw new FormatException($"cannot open {MessageText.Of(path)}: {e.Message}");
        }

        byte[] text = FileDescriptor.ReadToEnd(file, 1 << 16, out int length);
        return [.. text.AsSpan(0, length), (byte)'\n'];
    }

    private static int Run(ExplainWords words, ErrorReport errors, Output output)
    {
        if (words.AsksForHelp)
        {
            ProgramHelp.Write(Describe(Family.IPv4), Program, output);
            return 0;
        }

        using AskedRules rules = words.Rules is { } file ? AskedRules.OfFile(file, Read(file), words.Family, errors) : AskedRules.OfKernel(words.Family ?? Family.IPv4, words.Through);
        Packet packet = new(rules.Tables.Family);
        new PacketWords(rules.Extensions).Tell(words.Packet, packet);
        bool isLocal = words.Way is PacketWay.FromHere;
        Walk walk = new(rules.Tables, words.Way switch
        {
            PacketWay.ToHere => new GivenRoutes(new(RouteWay.Local)),
            PacketWay.Through => new GivenRoutes(new(RouteWay.Out, packet.Find(Field.Meta.OutInterface) is { } name ? InterfaceNumber.NameOf(name) : "")),
            _ => new GivenRoutes(new(RouteWay.Unknown)),
        })
        { ShowsAll = words.IsVerbose, Assumed = words.Assumed };
        Explanation explanation = walk.Explain(packet, isLocal);
        if (explanation.Endings.Count == 0)
        {
            errors.Message("what is assumed contradicts what is said of the packet");
            return IsError;
        }

        bool hasColor = Terminal.HasColor(words.Color);
        new ExplanationText(output, rules.File, (word, color) => Terminal.Paint(word, color, hasColor)).Write(explanation);
        return explanation.Passes switch { true => Passes, false => IsDropped, null => IsUnknown };
    }
}
