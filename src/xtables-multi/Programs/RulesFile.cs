using System;
using Sharptables.Backends;
using Sharptables.Editing;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>A file of rules in memory, so that exactly what was tried is put in force.</summary>
/// <param name="content">The contents of the file.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="errors">Prints warnings, under iptables-restore's name.</param>
internal sealed class RulesFile(byte[] content, ExtensionSet extensions, ErrorReport errors)
{

    /// <summary>Whether it contains a table, not only blank lines and comments; known after <see cref="Try"/>.</summary>
    public bool HasTables { get; private set; }

    /// <summary>
    /// Tries all tables where they do no harm: in an empty network namespace, so that the kernel checks them. If it refuses rules that
    /// refer to a set or the like, that may be because the namespace has none; then, and if there is no namespace, only the declarations
    /// are checked.
    /// </summary>
    /// <exception cref="RestoreException">A line is wrong, or the kernel would refuse a table.</exception>
    public void Try()
    {
        using ITables here = KernelTables.Open(KernelInterface.Legacy, extensions);
        using ITables? elsewhere = here.TryOpenElsewhere();
        try
        {
            Run(elsewhere ?? here, isTest: elsewhere is null, isTrial: true);
        }
        catch (RestoreException) when (elsewhere is not null && AskForNamed())
        {
            using ITables? another = here.TryOpenElsewhere();
            Run(another ?? here, isTest: true, isTrial: true);
        }
        catch (RestoreException)
        {
            MissingExtensions.Warn(KernelInterface.Legacy, extensions, errors);
            throw;
        }
    }

    /// <summary>Puts all tables in force, one after the other. The caller holds the lock.</summary>
    /// <exception cref="RestoreException">The kernel refuses one after all; those before it are in force.</exception>
    public void Commit()
    {
        using ITables tables = KernelTables.Open(KernelInterface.Legacy, extensions);
        Run(tables, isTest: false, isTrial: false);
    }

    private void Run(ITables tables, bool isTest, bool isTrial)
    {
        RestoreOptions options = new($"{Invocation.NameFor(extensions.Family)}-restore")
        {
            IsTest = isTest,
            LineText = line => new LineReader(content).Find(line),
        };
        Output output = new(isTrial ? Output.Kept : StandardStreams.Output);
        Action<string> warn = isTrial ? errors.Line : static _ => { }; // they would be printed twice
        using Restore restore = new(tables, options, output, warn, takeLock: null);
        restore.Run(new LineReader(content));
        HasTables = restore.HasRead;
        output.Flush();
    }

    private bool AskForNamed()
    {
        foreach (Extension extension in extensions.Built)
        {
            if (extension.AsksForNamed)
            {
                return true;
            }
        }

        return false;
    }
}
