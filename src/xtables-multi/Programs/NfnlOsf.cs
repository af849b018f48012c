using System;
using Sharptables.Formats.Osf;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>nfnl_osf</c>: loads a file of fingerprints into the kernel for <c>-m osf</c>, or removes them.</summary>
internal static partial class NfnlOsf
{
    // The original's statuses: -1, -ENOENT and -EINVAL, as the shell sees them.
    private const int Failed = 255;
    private const int NoFileNamed = 254;
    private const int Invalid = 234;

    private const string NothingChanged = "Nothing was changed.";
    private const string WhatIsMissing =
        "The kernel may lack fingerprints, which are CONFIG_NETFILTER_NETLINK_OSF or the module nfnetlink_osf.";

    private static readonly ProgramOption[] s_options =
    [
        new('f', "", "file", "Reads the fingerprints from this file."),
        new('d', "", summary: "Removes the fingerprints in the file from the kernel."),
        new('h', "", summary: "Shows its usage and exits with status 255."),
    ];

    public static int Run(Invocation invocation)
    {
        ErrorReport errors = new("nfnl_osf");
        OptionReader reader = new(invocation, s_options);
        byte[]? path = null;
        bool removes = false;
        try
        {
            for (char option; (option = reader.Next()) != '\0';)
            {
                switch (option)
                {
                    case 'f':
                        path = reader.Value;
                        break;
                    case 'd':
                        removes = true;
                        break;
                    default:
                        return ShowUsage(invocation, errors);
                }
            }
        }
        catch (OptionException e)
        {
            errors.Print(e);
            return ShowUsage(invocation, errors);
        }

        if (path is null)
        {
            errors.Line("Missing fingerprints file argument.");
            return NoFileNamed;
        }

        if (reader.Operands.Count > 0)
        {
            errors.Line($"{MessageText.Of(invocation.CalledAs)}: one file at a time, not \"{MessageText.Of(reader.Operands[0])}\" too");
            return ShowUsage(invocation, errors);
        }

        return Run(path, removes, errors);
    }

    private static int ShowUsage(Invocation invocation, ErrorReport errors)
    {
        errors.Line($"Usage: {MessageText.Of(invocation.CalledAs)} -f fingerprints [-d]");
        return Failed;
    }

    private static int Run(byte[] path, bool removes, ErrorReport errors)
    {
        byte[] content;
        try
        {
            content = FileReader.ReadAll(path) ?? throw new KernelException("open", Errno.ENOENT);
        }
        catch (KernelException e)
        {
            errors.Line($"Failed to open file '{MessageText.Of(path)}': {Reason(e)}");
            return Failed;
        }

        if (!IsWellFormed(content, errors))
        {
            return Invalid;
        }

        OsFingerprintList list;
        try
        {
            list = new();
        }
        catch (KernelException e)
        {
            errors.Line($"Failed to reach the kernel: {Reason(e)}");
            errors.Hint(WhatIsMissing);
            return Invalid;
        }

        // Flushed at the end, so that a reader that goes away (`| head`) does not leave half of the file in the kernel.
        Output output = new(StandardStreams.Output);
        int status = Send(content, removes, list, output, errors);
        list.Dispose();
        try
        {
            output.Flush();
        }
        catch (KernelException e)
        {
            errors.Line($"nfnl_osf: {KernelErrors.Text(e)}");
            return Failed;
        }

        return status;
    }

    /// <summary>Whether every line can be sent; reports those that cannot. Checked first, since half a file is worse than none.</summary>
    private static bool IsWellFormed(ReadOnlySpan<byte> content, ErrorReport errors)
    {
        int number = 0;
        try
        {
            while (NextLine(ref content, out ReadOnlySpan<byte> line))
            {
                number++;
                OsFingerprintText.TryRead(line, out _);
            }

            return true;
        }
        catch (UsageException e)
        {
            errors.Line($"Failed to load line {number}: {e.Message}");
            errors.Line(NothingChanged);
            return false;
        }
    }

    private static int Send(ReadOnlySpan<byte> content, bool removes, OsFingerprintList list, Output output, ErrorReport errors)
    {
        int sent = 0;
        for (int number = 1; NextLine(ref content, out ReadOnlySpan<byte> line); number++)
        {
            if (!OsFingerprintText.TryRead(line, out OsFingerprint fingerprint))
            {
                continue;
            }

            WriteProgress(line, output);
            try
            {
                if (removes)
                {
                    list.Remove(fingerprint); // one that does not exist counts as removed
                }
                else
                {
                    list.Add(fingerprint);
                }

                sent++;
            }
            catch (KernelException e)
            {
                errors.Line($"Failed to load line {number}: {Reason(e)}");
                errors.Hint(e.Errno switch
                {
                    Errno.EPERM => "Only root may change the fingerprints.",
                    Errno.EINVAL => WhatIsMissing,
                    _ => null,
                });
                errors.Line(sent == 0 ? NothingChanged
                    : removes ? $"{sent} fingerprints before it have been removed."
                    : $"{sent} fingerprints before it have been loaded; the same with -d removes them.");
                return Failed;
            }
        }

        return 0;
    }

    private static string Reason(KernelException e) => $"{e.Message} [{e.Errno}].";

    private static void WriteProgress(ReadOnlySpan<byte> line, Output output)
    {
        Span<byte> now = stackalloc byte[LocalTime.MaxLength];
        output.Write(now[..LocalTime.FormatTimestamp(now)]);
        output.Write((byte)' ');
        output.WriteNumber((long)Environment.ProcessId);
        output.Write(" Loading '"u8);
        output.Write(line);
        output.Write("'.\n"u8);
    }

    private static bool NextLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        int end = rest.IndexOf((byte)'\n');
        bool any = !rest.IsEmpty;
        line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return any;
    }
}
