using System;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;
using Sharptables.Translation;

namespace Sharptables.Programs;

/// <summary><c>iptables-translate</c> and <c>ip6tables-translate</c>: a command of iptables as one of nft.</summary>
internal static partial class IptablesTranslate
{
    private static readonly string s_version = Invocation.VersionFor(KernelInterface.Nft);

    public static int Run(Invocation invocation)
    {
        string program = $"{invocation.CommandName}-translate";
        ErrorReport errors = new(program, s_version);
        Output output = new(StandardStreams.Output);
        try
        {
            int status = Run(invocation, program, output, errors);
            output.Flush();
            return status;
        }
        catch (UsageException e)
        {
            output.Flush();
            return errors.Print(e);
        }
    }

    /// <summary>The extensions of a program that asks no kernel.</summary>
    public static ExtensionSet Extensions(Invocation invocation, string program) =>
        new(invocation.Family) { Plugins = ProgramPlugins.Of(invocation, program), Names = new KeptNames(SystemNames.Instance) };

    private static int Run(Invocation invocation, string program, Output output, ErrorReport errors)
    {
        ExtensionSet extensions = Extensions(invocation, program);
        Command command = new(invocation.Family) { Table = "filter"u8.ToArray() };
        Words words = new();
        words.Add(invocation.Words.Span);

        _ = new CommandLine(extensions) { Warn = errors.Line }.Parse(words, command);
        if (command.Kind == CommandKind.Version)
        {
            output.Write($"{program} {s_version}\n");
            return 0;
        }

        if (command.Kind == CommandKind.Help)
        {
            HelpText.Write(command, Describe(invocation.Family), s_version, output);
            return 0;
        }

        string? unsayable = new CommandTranslator(extensions, output) { IsForShell = true }.Translate(command, words);
        if (unsayable is null || command.Kind is CommandKind.Append or CommandKind.Insert)
        {
            return 0; // with a comment, as in the original
        }

        output.Flush();
        errors.Line("Translation not implemented");
        errors.Hint($"nft cannot name {unsayable}.");
        return 1;
    }
}
