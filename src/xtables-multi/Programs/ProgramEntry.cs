using System;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>A program of the binary.</summary>
/// <param name="Name">The name that it is called by.</param>
/// <param name="Run">Runs it and returns the exit status.</param>
/// <param name="Describe">Its description, from which its manual page and completion are made.</param>
internal sealed record ProgramEntry(string Name, Func<Invocation, int> Run, Func<Family, ProgramDescription> Describe)
{
    /// <summary>The family that its name stands for.</summary>
    public Family Family => Family.Only(Families);

    /// <summary>The same as a set of one: a family is made when it is used.</summary>
    public Families Families { get; init; } = Families.IPv4;

    /// <summary>The link by which it uses the legacy interface; null for a program that does not use tables itself, or only those of nf_tables.</summary>
    public string? Legacy { get; init; }

    /// <summary>The link by which it uses nf_tables; null for a program that does not use tables itself.</summary>
    public string? Nft { get; init; }

    /// <summary>A name that works only after <c>xtables-multi</c>, or null.</summary>
    public string? Short { get; init; }

    /// <summary>Its names as links: the first leaves the interface open.</summary>
    public string[] Links => Array.FindAll<string?>([Name, Legacy, Nft], static link => link is not null)!;

    public bool IsNamed(string name) => name == Name || name == Legacy || name == Nft || name == Short;

    /// <summary>The interface that one of its names stands for; null if it leaves that open.</summary>
    public KernelInterface? InterfaceOf(string name) =>
        name == Legacy ? KernelInterface.Legacy : name == Nft || IsOnlyNft ? KernelInterface.Nft : null;

    /// <summary>Runs it, or shows the help or version that it leaves to us.</summary>
    public int Start(Invocation invocation)
    {
        ReadOnlySpan<byte> word = invocation.Words.Length == 1 ? invocation.Words.Span[0] : [];
        CommandOption? asked = word.SequenceEqual("--help"u8) ? ProgramDescription.Help : word.SequenceEqual("--version"u8) ? ProgramDescription.Version : null;
        if (asked is null || Describe(Family) is not { } description || Array.IndexOf(description.Options, asked) < 0)
        {
            return Run(invocation);
        }

        Output output = new(StandardStreams.Output);
        string name = Invocation.BaseName(invocation.CalledAs);
        if (asked == ProgramDescription.Help)
        {
            ProgramHelp.Write(description, name, output);
        }
        else
        {
            output.Write(Invocation.OwnVersionOf(name));
        }

        output.Flush();
        return 0;
    }

    /// <summary>Whether its tables are only in nf_tables.</summary>
    private bool IsOnlyNft => Legacy is null && Nft is not null;
}
