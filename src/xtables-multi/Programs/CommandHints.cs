using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Backends;
using Sharptables.Extensions.Catalogue;
using Sharptables.Hints;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>Says of a command that has failed what was probably meant.</summary>
internal static class CommandHints
{
    /// <summary>The error with what is known of it.</summary>
    public static UsageException Explain(UsageException error, Invocation invocation, ExtensionSet extensions)
    {
        if (error.Shape is ErrorShape.Busy or ErrorShape.NoLock or ErrorShape.Ended || extensions.Plugins?.Lacking is not null)
        {
            return error;
        }

        Advice advice = new HintBook(invocation.Family, extensions.Names, name => ChainsOf(name, invocation)).For(error, invocation.Words.Span);
        List<string> lines = [.. advice.Reasons];
        string program = Invocation.BaseName(invocation.CalledAs);
        program = ProgramList.Find(program) is null ? invocation.CommandName : program;
        if (advice.IsForOther && invocation.Family.Twin is { } other)
        {
            program = other.Program + program[invocation.Family.Program.Length..];
        }

        if (advice.ToType(program) is { } typed)
        {
            lines.Add($"type: {typed}");
        }

        return error.With(lines.Count == 0 ? null : string.Join('\n', lines));
    }

    /// <summary>The chains that a table has now; those that are built in if the kernel does not say.</summary>
    private static IReadOnlyList<string> ChainsOf(string name, Invocation invocation)
    {
        try
        {
            using ITables tables = KernelTables.Open(invocation.Interface, new ExtensionSet(invocation.Family));
            using Table table = tables.Read(Encoding.UTF8.GetBytes(name));
            table.ReadAll();
            List<string> chains = [];
            foreach (Chain chain in table.Chains)
            {
                chains.Add(MessageText.Of(chain.Name));
            }

            return chains;
        }
        catch (Exception e) when (e is KernelException or UsageException or MalformedTableException)
        {
            return BuiltInTable.Named(name, invocation.Family)?.Chains ?? [];
        }
    }
}
