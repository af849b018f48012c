using System;
using System.Buffers.Text;
using System.Text;
using Sharptables.Extensions.Plugins;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>
/// <c>iptables-apply</c> and <c>ip6tables-apply</c>: puts rules in force, asks whether the machine can still be reached, and restores the
/// old rules unless the answer is yes.
/// </summary>
internal static partial class IptablesApply
{
    private const int DefaultSeconds = 10;

    private static readonly ProgramOption[] s_options =
    [
        new('t', "timeout", "seconds",
            "Restores the old rules if there is no answer within this number of seconds; 10 if not given."),
        new('w', "write", "savefile",
            "Writes the rules to this file once they are confirmed; an empty word stands for the default rules file."),
        new('c', "command", summary: "Runs the operand, a program, to change the rules, instead of reading them from it."),
        new('h', "help", summary: "Shows its usage on standard error."),
        new('V', "version", summary: "Shows its version on standard error."),
    ];

    public static int Run(Invocation invocation)
    {
        StandardStreams.EnsureOpen();
        StandardStreams.OutliveBrokenPipe();
        string program = invocation.CommandName + "-apply";
        ErrorReport errors = new(program);
        try
        {
            return Run(invocation with { CalledAs = Encoding.ASCII.GetBytes(program) }, program, errors);
        }
        catch (OptionException e)
        {
            errors.Print(e);
            return ApplyStatus.WrongUse;
        }
        catch (KernelException e)
        {
            if (e.Operation != "write") // otherwise there is nobody to read the message
            {
                errors.Line($"Error: {KernelErrors.Text(e)}");
            }

            return ApplyStatus.WrongUse; // any rollback that was owed has been done by now
        }
    }

    private static int Run(Invocation invocation, string program, ErrorReport errors)
    {
        OptionReader reader = new(invocation, s_options);
        byte[]? seconds = null;
        byte[]? saveFile = null;
        bool runsCommand = false;
        char asked = '\0';
        for (char option; (option = reader.Next()) != '\0';)
        {
            switch (option)
            {
                case 't':
                    seconds = reader.Value;
                    break;
                case 'w':
                    saveFile = reader.Value;
                    break;
                case 'c':
                    runsCommand = true;
                    break;
                default:
                    asked = asked == '\0' ? option : asked;
                    break;
            }
        }

        if (asked != '\0')
        {
            errors.Line($"{program} 1.1 -- a safer way to update iptables remotely");
            if (asked == 'h')
            {
                Output help = new(StandardStreams.Error);
                help.Write((byte)'\n');
                ProgramHelp.Write(Describe(invocation.Family), program, help);
                help.Flush();
            }
            else
            {
                errors.Line($"Sharptables {OwnVersion.Text}, which behaves as that of iptables {Invocation.BareVersion}.");
            }

            return 0;
        }

        if (!TryReadSeconds(seconds, out TimeSpan timeout))
        {
            errors.Line("Error: timeout must be a positive number");
            return ApplyStatus.WrongUse;
        }

        byte[] rulesFile = Encoding.ASCII.GetBytes(UsualFiles(invocation.Family) + ".rules");
        byte[] command = Encoding.ASCII.GetBytes(UsualFiles(invocation.Family) + ".run");
        saveFile = saveFile is [] ? rulesFile : saveFile;
        IPlugins plugins = ProgramPlugins.Of(invocation, program)!;
        plugins.Expect();
        ApplySession session = new(invocation, plugins, timeout, saveFile, errors);
        return runsCommand
            ? session.RunCommand(reader.Operands.Count > 0 ? reader.Operands[0] : command)
            : session.ApplyFile(reader.Operands.Count > 0 ? reader.Operands[0] : rulesFile);
    }

    /// <summary>The beginning of the default files' names.</summary>
    private static string UsualFiles(Family family) => $"/etc/network/{Invocation.NameFor(family)}.up";

    /// <summary>Reads a number of seconds as the original does: digits, optionally after a plus sign.</summary>
    private static bool TryReadSeconds(byte[]? text, out TimeSpan timeout)
    {
        ReadOnlySpan<byte> digits = text is [(byte)'+', .. byte[] unsigned] ? unsigned : text;
        uint seconds = DefaultSeconds;
        bool isNumber = text is null || (Utf8Parser.TryParse(digits, out seconds, out int length) && length == digits.Length);
        timeout = TimeSpan.FromSeconds(seconds);
        return isNumber;
    }
}
