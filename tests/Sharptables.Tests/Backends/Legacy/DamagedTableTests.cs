using Sharptables.Backends.Legacy;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Testing;
using Sharptables.Tests.Formats.Iptables;
using Xunit;

namespace Sharptables.Tests.Backends.Legacy;

/// <summary>
/// Tables with rules of every extension, damaged at random: read, shown, checked, edited and laid out. Whatever is wrong is reported as a
/// malformed table or shown as unknown; nothing breaks or hangs.
/// </summary>
public sealed class DamagedTableTests
{
    private const int Tables = 16;
    private const int DamagesEach = 150;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("IPv4")]
    [InlineData("IPv6")]
    public void Random_damage_is_a_malformed_table_or_harmless(string familyName)
    {
        Family family = Family.Named(familyName);
        int survived = 0;
        Exception? failure = null;
        Thread thread = new(() =>
        {
            for (int seed = 0; seed < Tables && failure is null; seed++)
            {
                failure = Damage(seed, family, ref survived);
            }
        });
        thread.Start();
        Assert.True(thread.Join(s_patience), "it hangs");
        Assert.True(failure is null, failure?.ToString());
        Assert.InRange(survived, Tables * DamagesEach / 10, (Tables * DamagesEach) - 1); // both ends are reached
    }

    private static Exception? Damage(int seed, Family family, ref int survived)
    {
        Random random = new(seed);
        (TableInfo info, byte[] entries) = Make(random, family);
        Assert.True(DamagedTables.ReadAndUse(info, entries, family));
        for (int i = 0; i < DamagesEach; i++)
        {
            TableInfo said = info;
            byte[] damaged = [.. entries];
            switch (random.Next(8))
            {
                case 0:
                    said.HookEntry[random.Next(5)] = (uint)(random.Next(entries.Length) & ~7);
                    break;
                case 1:
                    damaged = entries[..(random.Next(entries.Length) & ~7)];
                    said.Size = (uint)damaged.Length;
                    break;
                case 2:
                    // A piece of the table in the place of another.
                    int length = random.Next(Math.Min(400, entries.Length / 2));
                    damaged.AsSpan(random.Next(entries.Length - length), length).CopyTo(damaged.AsSpan(random.Next(entries.Length - length)));
                    break;
                default:
                    for (int flips = 1 + random.Next(4); flips > 0; flips--)
                    {
                        damaged[random.Next(damaged.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(1 << random.Next(8));
                    }

                    break;
            }

            try
            {
                survived += DamagedTables.ReadAndUse(said, damaged, family) ? 1 : 0;
            }
            catch (Exception e)
            {
                return new InvalidOperationException($"{family}, table {seed}, damage {i}: {e.Message}", e);
            }
        }

        return null;
    }

    private static (TableInfo Info, byte[] Entries) Make(Random random, Family family)
    {
        SpecCase[] cases = [.. SpecFile.Cases.Where(c => c is { IsWellFormed: true, Table: "filter" or "mangle" } && c.IsIPv6 == (family == Family.IPv6)
            && c.File is not ("Set" or "SetTarget") && c.Words() is not null)];
        using TableUnderTest test = new("mangle", family);
        test.Run("-N a");
        test.Run("-N b");
        test.Run("-A INPUT -j a");
        test.Run("-A a -g b");
        test.Run("-A b");
        for (int i = 0; i < 15; i++)
        {
            test.Run(["-A", ((string[])["INPUT", "OUTPUT", "a", "b"])[random.Next(4)], .. Without(cases[random.Next(cases.Length)])]);
        }

        TableInfo info = default;
        "mangle"u8.CopyTo(info.Name);
        info.ValidHooks = 0b11111;
        using BlobWriter writer = new(test.Table, new LegacyOrigin(info));
        info = writer.Layout();
        return (info, writer.Blob.Slice(0, (int)info.Size).ToArray());
    }

    /// <summary>The words, without interfaces, which some chains do not take.</summary>
    private static List<string> Without(SpecCase each)
    {
        List<string> words = each.Words()!;
        return words.Contains("-i") || words.Contains("-o") ? [] : words;
    }
}
