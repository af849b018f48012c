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

        HintBook book = new(invocation.Family, extensions.Names, name => ChainsOf(name, invocation)) { JumpsTo = (name, chain) => JumpsTo(name, chain, invocation) };
        Advice advice = book.For(error, invocation.Words.Span);
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

    /// <summary>
    /// The chains that a table has now; those that are built in if the kernel does not say, or has no such table yet: to look at one that it has not would make it.
    /// </summary>
    private static IReadOnlyList<string> ChainsOf(string name, Invocation invocation)
    {
        List<string> chains = [];
        bool isRead = Read(name, invocation, table =>
        {
            foreach (Chain chain in table.Chains)
            {
                chains.Add(MessageText.Of(chain.Name));
            }
        });
        return isRead ? chains : BuiltInTable.Named(name, invocation.Family)?.Chains ?? [];
    }

    private static List<(string Chain, int Number)> JumpsTo(string name, string chain, Invocation invocation)
    {
        List<(string Chain, int Number)> jumps = [];
        _ = Read(name, invocation, table =>
        {
            Chain? target = table.Find(Encoding.UTF8.GetBytes(chain));
            foreach (Chain from in table.Chains)
            {
                int number = 0;
                foreach (Rule rule in table.Rules(from))
                {
                    number++;
                    if (target is not null && rule.Target.IsStandardTarget && ReferenceEquals(table.JumpTarget(rule.Target.Verdict), target))
                    {
                        jumps.Add((MessageText.Of(from.Name), number));
                    }
                }
            }
        });
        return jumps;
    }

    /// <summary>Reads a table that is in force: to look at another would make it.</summary>
    private static bool Read(string name, Invocation invocation, Action<Table> look)
    {
        try
        {
            using ITables tables = KernelTables.Open(invocation.Interface, new ExtensionSet(invocation.Family));
            if (!tables.NamesInForce().Exists(one => Ascii.Equals(one, name)))
            {
                return false;
            }

            using Table table = tables.Read(Encoding.UTF8.GetBytes(name));
            table.ReadAll();
            look(table);
            return true;
        }
        catch (Exception e) when (e is KernelException or UsageException or MalformedTableException)
        {
            return false;
        }
    }
}
