using Sharptables.Formats.Iptables;
using Sharptables.Formats.Xml;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>iptables-xml</c>: converts the output of iptables-save to XML.</summary>
internal static class IptablesXml
{
    private const string Program = "iptables-xml";

    private static readonly ProgramOption[] s_options =
    [
        new('c', "combine", summary: "Merges a rule with the same conditions as the one before into it, as another action."),
        new('v', "verbose", summary: "Precedes each element by its line of input as a comment."),
        new('h', "help", summary: "Shows its options."),
    ];

    public static ProgramDescription Describe(Family family) => new(
        Program, "converts the output of iptables-save to XML", ["[-c] [-v] [file]", "-h"], """
        Reads the output of iptables-save or ip6tables-save from a file or standard input, and writes it as XML to standard output. It
        does not read the kernel's tables. Each rule is an element with its conditions and its actions; each match or target is an element
        in one of these, with an element for each of its options:

            <rule packet-count="5" byte-count="300" >
             <conditions>
              <match >
                <p >tcp</p>
                <s  invert="1">10.0.0.0/8</s>
              </match>
              <tcp >
                <dport >22</dport>
              </tcp>
             </conditions>
             <actions>
              <ACCEPT  />
             </actions>
            </rule>

        The element `match` contains the options that belong to no match. A jump to a chain of the same table is `call`, and one with `-g`
        is `goto`. A word in quotes keeps them in the XML. Bytes beyond ASCII are written as character references of ISO 8859-1. A name
        that is not allowed for an element, such as a chain's that begins with a digit, becomes the attribute `name` of an element
        `chain`, `target`, `match` or `option`.

        The style sheet iptables.xslt converts the XML back to what iptables-restore reads:

            iptables-save -c | iptables-xml > rules.xml
            xsltproc /usr/share/iptables/iptables.xslt rules.xml | iptables-restore -c

        With `-c`, rules that are merged keep only the counters of the first. Nothing is merged with a rule that has no conditions, or
        into one that ends with ACCEPT, DROP, QUEUE, RETURN or `-g`. With `-v`, the first line is the program's name, which is not XML:
        remove it before parsing (`tail -n +2`).
        """)
    {
        ManualSection = 1,
        Usage = ["[-c] [-v] [-h]"],
        Options = s_options,
        ExitStatus = "0 if everything was written; 1 if a line is not a rule with -A, is outside of a table, or cannot be read, and  "
            + "after -h; 2 if a line lacks a name, a policy or a bracket. What precedes the line has been written then.",
        Files = [("/usr/share/iptables/iptables.xslt", "the way back, for xsltproc(1); below /usr/share/sharptables from the Debian package")],
        Examples =
        [
            new("Writes the rules in force, with their counters, as XML", "iptables-save -c | iptables-xml"),
            new("Lists the chains", "iptables-save | iptables-xml | grep '<chain '"),
        ],
        SeeAlso = ["iptables-save(8)", "iptables-restore(8)", "xsltproc(1)"],
    };

    public static int Run(Invocation invocation)
    {
        ErrorReport errors = new(Program, Invocation.BareVersion);
        Output output = new(StandardStreams.Output);
        try
        {
            int status = Run(invocation, output, errors);
            output.Flush();
            return status;
        }
        catch (RestoreException e)
        {
            output.Flush();
            return errors.Print(e);
        }
        catch (UsageException e)
        {
            output.Flush();
            return errors.Print(e);
        }
        catch (KernelException e)
        {
            return errors.Print(KernelErrors.ErrorOf(e));
        }
    }

    private static int Run(Invocation invocation, Output output, ErrorReport errors)
    {
        OptionReader reader = new(invocation, s_options);
        bool combines = false;
        bool isVerbose = false;
        for (char option; (option = Next(reader, errors)) != '\0';)
        {
            switch (option)
            {
                case 'c':
                    combines = true;
                    break;
                case 'v':
                    isVerbose = true;
                    output.Write("xptables-xml\n"u8);
                    break;
                case 'h':
                    Output help = new(StandardStreams.Error);
                    ProgramHelp.Write(Describe(Family.IPv4), Program, help);
                    help.Flush();
                    return 1;
            }
        }

        if (reader.Operands.Count > 1)
        {
            errors.Line("Unknown arguments found on commandline");
            return 1;
        }

        byte[]? file = reader.Operands.Count == 0 ? null : reader.Operands[0];
        if (!InputFile.TryOpen(file, errors, out int input))
        {
            return 1;
        }

        try
        {
            new XmlText(new SaveReader(new LineReader(input), Program) { NeedsLineFeed = true }, output) { CombinesActions = combines, ShowsLines = isVerbose }.Write();
            return 0;
        }
        catch (KernelException e) when (e.Operation == "read")
        {
            errors.Line($"{Program}: cannot read {(file is null ? "the standard input" : MessageText.Of(file))}: {e.Message}");
            return 1;
        }
    }

    /// <summary>The next option; an unknown one is reported and skipped, as in the original.</summary>
    private static char Next(OptionReader reader, ErrorReport errors)
    {
        while (true)
        {
            try
            {
                return reader.Next();
            }
            catch (OptionException e)
            {
                errors.Print(e);
            }
        }
    }
}
