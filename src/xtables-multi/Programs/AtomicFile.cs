using System;
using Sharptables.Backends;
using Sharptables.Editing;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>A file that has a table instead of the kernel, as ebtables-save writes it: <c>--atomic-file</c> of ebtables.</summary>
/// <param name="path">Its path.</param>
internal sealed class AtomicFile(byte[] path)
{
    private string Name => MessageText.Of(path);

    /// <summary>That of a command; null where the table is the kernel's.</summary>
    /// <exception cref="UsageException">The command needs one, and has none.</exception>
    public static AtomicFile? Of(Command command)
    {
        byte[] set = command.Family.HasUserPolicies ? EnvironmentVariable.Read("EBTABLES_ATOMIC_FILE"u8) : [];
        byte[]? path = command.AtomicFile ?? (set.Length > 0 ? set : null);
        return path is not null ? new AtomicFile(path)
            : command.Kind is CommandKind.AtomicInit or CommandKind.AtomicSave or CommandKind.AtomicCommit
                ? throw new UsageException($"--{Dialect.Of(command.Family).Find(command.Kind).Name} needs --atomic-file")
            : null;
    }

    /// <summary>Runs a command on the table in the file, or moves the table between the file and the kernel.</summary>
    /// <exception cref="UsageException">The file cannot be read or written, or the command is impossible.</exception>
    /// <exception cref="RestoreException">A line of the file is wrong, or the kernel refuses its table.</exception>
    public void Run(Command command, ExtensionSet extensions, string program, Output output, ErrorReport errors)
    {
        if (command.Kind == CommandKind.AtomicSave)
        {
            using ITables kernel = KernelTables.Open(KernelInterface.Nft, extensions, command.Modprobe);
            using Table table = IptablesSave.Read(kernel, command.Table.Span);
            Write(text => SaveText.Write(table, extensions, program: null, showCounters: true, text));
        }
        else if (command.Kind == CommandKind.AtomicCommit)
        {
            Commit(command, extensions, output, errors);
        }
        else
        {
            Family family = command.Family;
            using RuleSet file = command.Kind == CommandKind.AtomicInit ? new RuleSet(family) : RuleSet.Parse(Read(), family);
            if (Iptables.Run(command, file, program, output, errors))
            {
                Write(text =>
                {
                    file.Write(text, showCounters: true);
                    return null;
                });
            }
        }
    }

    private void Commit(Command command, ExtensionSet extensions, Output output, ErrorReport errors)
    {
        using ITables kernel = KernelTables.Open(KernelInterface.Nft, extensions, command.Modprobe);
        RestoreOptions options = new(command.Family.Program)
        {
            RestoresCounters = true,
            MayLackCounters = true,
            OnlyTable = command.Table.ToArray(),
        };
        using Restore restore = new(kernel, options, output, errors.Line, takeLock: null);
        restore.Run(new LineReader(Read()));
        if (!restore.HasRead)
        {
            throw new UsageException($"{Name} has no table {MessageText.Of(command.Table.Span)}", ErrorShape.Other)
            {
                Hint = "Such a file is written by --atomic-save, --atomic-init or ebtables-save, not by an ebtables of the old interface.",
            };
        }
    }

    private byte[] Read()
    {
        try
        {
            return FileReader.ReadAll(path) ?? throw new KernelException("open", Errno.ENOENT);
        }
        catch (KernelException e)
        {
            throw new UsageException($"Can't open {Name}: {e.Message}", ErrorShape.Other);
        }
    }

    /// <summary>Replaces the file, if all can be said that is to be in it.</summary>
    private void Write(Func<Output, string?> write)
    {
        try
        {
            using ReplacementFile file = ReplacementFile.Create(path);
            Output text = new(file.Descriptor);
            if (write(text) is { } unreadable)
            {
                throw new UsageException($"the table has {unreadable}", ErrorShape.Other);
            }

            text.Flush();
            file.Commit();
        }
        catch (KernelException e)
        {
            throw new UsageException($"Can't write {Name}: {e.Message}", ErrorShape.Other);
        }
    }
}
