using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;
using Sharptables.Translation;

namespace Sharptables.Programs;

/// <summary><c>iptables-restore-translate</c> and those of the other families: saved rules as a file for nft.</summary>
internal static partial class IptablesRestoreTranslate
{
    private static readonly ProgramOption[] s_options =
    [
        new('f', "file", "file", "The file to translate; standard input if not given."),
        new('h', "help", summary: "Shows the options."),
        new('V', "version", summary: "Shows the version."),
    ];

    public static int Run(Invocation invocation)
    {
        string program = $"{invocation.CommandName}-restore-translate";
        ErrorReport errors = new(program, Invocation.VersionFor(KernelInterface.Nft));
        Output output = new(StandardStreams.Output);
        try
        {
            int status = Run(invocation, program, output, errors);
            output.Flush();
            return status;
        }
        catch (OptionException e)
        {
            errors.Print(e);
            return 1;
        }
        catch (RestoreException e)
        {
            output.Flush();
            return errors.Print(e);
        }
    }

    private static int Run(Invocation invocation, string program, Output output, ErrorReport errors)
    {
        OptionReader reader = new(invocation, s_options);
        byte[]? file = null;
        for (char option; (option = reader.Next()) != '\0';)
        {
            switch (option)
            {
                case 'f':
                    file = reader.Value;
                    break;
                case 'h':
                    Output help = new(StandardStreams.Error);
                    ProgramHelp.Write(Describe(invocation.Family), program, help);
                    help.Flush();
                    return 1;
                case 'V':
                    output.Write($"{program} {Invocation.BareVersion}\n");
                    return 0;
            }
        }

        if (reader.Operands.Count > 0)
        {
            errors.Line($"{program}: unknown argument {MessageText.Of(reader.Operands[0])}; a file is named with -f");
            return 1;
        }

        if (!InputFile.TryOpen(file, errors, out int input))
        {
            return 1;
        }

        ExtensionSet extensions = IptablesTranslate.Extensions(invocation, program);
        extensions.Plugins?.Expect();
        SaveText.WriteComment("# Translated by "u8, $"{program} {Invocation.BareVersion} on ", output);
        SaveTranslator translator = new(extensions, program, output) { Warn = errors.Line };
        translator.Translate(new LineReader(input));
        SaveText.WriteComment("# Completed on "u8, "", output);
        return 0;
    }
}
