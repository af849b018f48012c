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
        new('c', "combine", Summary: "Writes a rule whose conditions are those of the rule before as one more action of that one."),
        new('v', "verbose", Summary: "Shows each line in an XML comment before what is made of it."),
        new('h', "help", Summary: "Shows its options."),
    ];

    public static ProgramDescription Describe(Family family) => new(
        Program, "writes what iptables-save wrote as XML", ["[-c] [-v] [file]", "-h"], """
        Reads the format of iptables-save and ip6tables-save, from a file or standard input, and writes it as XML to standard output.
        No table of the kernel is looked at. Each rule is an element with its conditions and its actions; each match and each target is
        an element in one of them, with an element for each of its options:

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

        The element `match` has the options that belong to no match. A jump to a chain of the same table is `call`, and one with `-g` is
        `goto`. A word that was in quotes has them in the XML, too. Bytes beyond ASCII are written as characters of ISO 8859-1, a number
        each. A name that no element can have, such as that of a chain that begins with a digit, stands in the attribute `name` of an
        element `chain`, `target`, `match` or `option`.

        The style sheet iptables.xslt makes of the XML what iptables-restore reads:

            iptables-save -c | iptables-xml > rules.xml
            xsltproc /usr/share/iptables/iptables.xslt rules.xml | iptables-restore -c

        With `-c`, only the counters of the first of the rules that become one are kept. Nothing is combined with a rule that has no
        conditions, nor behind one that ends with ACCEPT, DROP, QUEUE, RETURN or `-g`. With `-v`, the first line is the program's name,
        which is no XML: take it away before the rest is parsed (`tail -n +2`).
        """)
    {
        ManualSection = 1,
        Usage = ["[-c] [-v] [-h]"],
        Options = s_options,
        ExitStatus = "0 when all was written; 1 when a line is no rule with -A, stands outside of a table, or cannot be read, and "
            + "after -h; 2 when a line lacks a name, a policy or a bracket. What comes before the line has been written then.",
        Files = [("/usr/share/iptables/iptables.xslt", "the way back, for xsltproc(1); below /usr/share/sharptables from the Debian package")],
        Examples =
        [
            new("Writes the rules in force, with their counters, as XML", "iptables-save -c | iptables-xml"),
            new("Shows which chains there are", "iptables-save | iptables-xml | grep '<chain '"),
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
            return errors.Print(new UsageException(KernelErrors.Text(e), ErrorShape.Refused));
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
            new XmlText(new SaveReader(new LineReader(input), Program), output) { CombinesActions = combines, ShowsLines = isVerbose }.Write();
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
                errors.Line(e.Message);
            }
        }
    }
}
