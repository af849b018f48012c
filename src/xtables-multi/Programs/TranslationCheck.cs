using System;
using System.Text;
using System.Threading;
using Sharptables.Backends;
using Sharptables.Editing;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;
using Sharptables.Translation;

namespace Sharptables.Programs;

/// <summary>Loads saved rules, and their translation, each in an empty network namespace, and compares what the kernel then has.</summary>
/// <param name="rules">The rules.</param>
/// <param name="errors">Where to report.</param>
internal sealed class TranslationCheck(RuleSet rules, ErrorReport errors)
{
    /// <summary>Checks a translation. This process is in an empty namespace afterwards.</summary>
    /// <param name="file">The file that they are from.</param>
    /// <param name="translation">Their translation.</param>
    /// <param name="nft">The path of nft(8).</param>
    /// <returns>The exit status: 0 if nothing differs, 1 if something does, 2 if that cannot be told.</returns>
    public int Run(byte[] file, byte[] translation, byte[] nft)
    {
        Family family = rules.Extensions.Family;
        ExtensionSet extensions = new(family);
        using (ITables original = KernelTables.Open(KernelInterface.Nft, extensions))
        using (Restore restore = new(original, new RestoreOptions($"{family.Program}-restore"), new Output(Output.Nowhere), static _ => { }, takeLock: null))
        {
            restore.Run(new LineReader(file)); // the kernel, too, must take them
        }

        if (!EmptyNetwork.TryEnter() || Load(translation, nft) != 0)
        {
            errors.Message("nft(8) does not accept the translation");
            return 2;
        }

        TableComparison comparison = new(rules.Extensions, extensions);
        using (ITables loaded = KernelTables.Open(KernelInterface.Nft, extensions))
        {
            foreach (Table table in rules.Tables)
            {
                foreach (Chain chain in table.Chains)
                {
                    byte[] name = Encoding.ASCII.GetBytes(NftWords.NameFor(chain.Name));
                    if (!name.AsSpan().SequenceEqual(chain.Name))
                    {
                        table.RenameChain(chain, name);
                    }
                }

                using Table other = loaded.Read(table.Name);
                other.ReadAll();
                comparison.Compare(table, other);
            }
        }

        foreach (string difference in comparison.Differences)
        {
            errors.Line($"differs: {difference}");
        }

        foreach (string unread in comparison.Unread)
        {
            errors.Line($"not compared: {unread}");
        }

        errors.Line($"{comparison.Same} rules are the same, {comparison.Differences.Count} differ, {comparison.Unread.Count} could not be compared.");
        return comparison.Differences.Count == 0 ? 0 : 1;
    }

    private static int Load(byte[] translation, byte[] nft)
    {
        (int read, int write) = FileDescriptor.OpenPipe();
        Thread writer = new(() =>
        {
            FileDescriptor.WriteAll(write, translation);
            FileDescriptor.Close(write);
        });
        writer.Start();
        int status = ChildProcess.Run([nft, "-f"u8.ToArray(), "-"u8.ToArray()], new ChildStart { Input = read });
        FileDescriptor.Close(read);
        writer.Join();
        return status;
    }
}
