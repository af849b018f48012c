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

/// <summary>A file of rules in memory, so that what is put in force is what was tried.</summary>
/// <param name="content">What is in it.</param>
/// <param name="family">The family of its rules.</param>
/// <param name="errors">Where warnings go, under iptables-restore's name.</param>
internal sealed class RulesFile(byte[] content, Family family, ErrorReport errors)
{
    private readonly ExtensionSet _extensions = new(family);

    /// <summary>Whether there is a table in it, or only blank lines and comments; known once it has been tried.</summary>
    public bool HasTables { get; private set; }

    /// <summary>
    /// Tries all tables where they do no harm: they are put in force in an empty network namespace, so that the kernel has its say. When it
    /// refuses rules that ask for a set or the like, that may be because the namespace has none; then, and where no namespace is to be
    /// had, what is known of the kernel's ways has to do.
    /// </summary>
    /// <exception cref="RestoreException">A line is wrong, or the kernel would refuse a table.</exception>
    public void Try()
    {
        using ITables here = KernelTables.Open(_extensions);
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
            MissingExtensions.Warn(_extensions, errors);
            throw;
        }
    }

    /// <summary>Puts all tables in force, one after the other. The caller holds the lock.</summary>
    /// <exception cref="RestoreException">The kernel refuses one after all; those before it are in force.</exception>
    public void Commit()
    {
        using ITables tables = KernelTables.Open(_extensions);
        Run(tables, isTest: false, isTrial: false);
    }

    private void Run(ITables tables, bool isTest, bool isTrial)
    {
        RestoreOptions options = new($"{Invocation.NameFor(family)}-restore")
        {
            IsTest = isTest,
            LineText = line => new LineReader(content).Find(line),
        };
        Output output = new(isTrial ? Output.Kept : StandardStreams.Output);
        Action<string> warn = isTrial ? errors.Line : static _ => { }; // which would be said twice
        using Restore restore = new(tables, options, output, warn, takeLock: null);
        restore.Run(new LineReader(content));
        HasTables = restore.HasRead;
        output.Flush();
    }

    private bool AskForNamed()
    {
        foreach (Extension extension in _extensions.Built)
        {
            if (extension.AsksForNamed)
            {
                return true;
            }
        }

        return false;
    }
}
