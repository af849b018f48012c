using System;
using Sharptables.Extensions.Matches;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>nfbpf_compile</c>: compiles a tcpdump filter to the numbers that <c>-m bpf --bytecode</c> takes.</summary>
internal static class NfbpfCompile
{
    private const string Program = "nfbpf_compile";

    public static ProgramDescription Describe(Family family) => new(Program, "compiles a filter for -m bpf", ["[linktype] 'filter'"], """
        Compiles a filter in the language of tcpdump (pcap-filter(7)) and prints the line that `-m bpf --bytecode` takes: the number of
        instructions, then each of them, as `tcpdump -ddd` prints them.

        The linktype says what packets begin with, by libpcap's names (pcap-linktype(7)); the default is RAW. Rules need RAW, since they
        see packets from the IPv4 or IPv6 header on. With another type, such as EN10MB, offsets would be counted from a header that is
        missing.

        A rule takes at most 64 instructions. If the filter needs more, the line is still printed, with a warning.

        The filter is compiled by libpcap, which is loaded from the system when the program runs. That works only with the version of
        glibc that the program was built with; with another, the program reports that, and how to get the same from tcpdump.
        """)
    {
        Operands = ["linktype", "filter"],
        ExitStatus = "0 if the line was printed; otherwise 1, with the reason on standard error.",
        Examples =
        [
            new("Compiles a filter", "nfbpf_compile 'ip proto 6'"),
            new("Accepts DNS over TCP and UDP with a filter",
                "iptables -A INPUT -m bpf --bytecode \"$(nfbpf_compile RAW 'ip and port 53')\" -j ACCEPT"),
        ],
        SeeAlso = ["iptables(8)", "pcap-filter(7)", "pcap-linktype(7)", "tcpdump(8)"],
    };

    public static int Run(Invocation invocation)
    {
        Output output = new(StandardStreams.Output);
        ErrorReport errors = new(Program, Invocation.BareVersion);
        ReadOnlySpan<byte[]> words = invocation.Words.Span;
        if (words.Length is 0 or > 2 || (words.Length == 1 && IsRequestForHelp(words[0])))
        {
            errors.Line($"Usage: {Program} [linktype] 'filter'");
            errors.Line($"For example: {Program} RAW 'ip and tcp dst port 22'");
            return 1;
        }

        try
        {
            Write(words.Length == 2 ? words[0] : "RAW"u8, words[^1], output, errors);
            output.Flush();
            return 0;
        }
        catch (LibraryException e)
        {
            return errors.Print(new UsageException(e.Message, ErrorShape.Refused) { Hint = e.Hint });
        }
        catch (KernelException e)
        {
            return errors.Print(KernelErrors.ErrorOf(e));
        }
    }

    /// <summary>Whether a word asks for help: no filter begins with two dashes, or is -h.</summary>
    private static bool IsRequestForHelp(ReadOnlySpan<byte> word) => word.StartsWith("--"u8) || word.SequenceEqual("-h"u8);

    private static void Write(ReadOnlySpan<byte> linkType, ReadOnlySpan<byte> filter, Output output, ErrorReport errors)
    {
        PcapLibrary library = PcapLibrary.Load();
        int type = library.FindLinkType(linkType) ?? throw new LibraryException($"unknown link type \"{MessageText.Of(linkType)}\"")
        {
            Hint = "Link types are named as in pcap-linktype(7), without DLT_; rules see packets of type RAW.",
        };
        BpfInstruction[] instructions = library.Compile(type, filter);
        BpfBytecode.WriteProgram(instructions, output);
        output.Write((byte)'\n');
        if (instructions.Length > BpfBytecode.MaxInstructions)
        {
            errors.Line(
                $"{Program}: warning: the filter has {instructions.Length} instructions; -m bpf takes at most {BpfBytecode.MaxInstructions}");
        }
    }
}
