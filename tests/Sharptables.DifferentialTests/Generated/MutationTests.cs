using System.Diagnostics;
using System.Text;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests.Generated;

/// <summary>Damaged command lines: never a crash, never a hang, and a message wherever an error status is returned.</summary>
public sealed class MutationTests
{
    private const int DefaultRounds = 1500;
    private const int SlowSeconds = 60;
    private const int RoundsPerNamespace = 100;

    private static readonly string[] s_unlikely =
    [
        "\0", "\n", " ", "\"", "'", "\\", "-", "--", "!", "\xff", "%s", "99999999999999999999", "-1", "0x", "[", "]", ":", "*", "#", "\t",
        "\r",
    ];

    [Fact]
    public void Damaged_command_lines_are_refused_or_taken_cleanly() => Run(static (machine, random, seed) =>
    {
        CommandGenerator generator = new(seed, validOnly: false);
        string[] words = [.. generator.Next().Skip(1).Select(static w => w.Trim('"', '\''))];
        for (int i = random.Next(1, 4); i > 0 && words.Length > 0; i--)
        {
            int at = random.Next(words.Length);
            words = random.Next(5) switch
            {
                0 => [.. words[..at], .. words[(at + 1)..]],
                1 => [.. words[..at], words[random.Next(words.Length)], .. words[at..]],
                2 => [.. words[..at], new string('x', random.Next(1, 5000)), .. words[(at + 1)..]],
                _ => [.. words[..at], Damage(words[at], random), .. words[(at + 1)..]],
            };
        }

        // An argument ends at its first zero byte; and --modprobe would start a program.
        words =
        [
            .. words.Select(static w => w.Replace("\0", "", StringComparison.Ordinal))
                .Where(static w => !w.StartsWith("-M", StringComparison.Ordinal) && !w.StartsWith("--mo", StringComparison.Ordinal)),
        ];
        string line = generator.Program + " " + string.Join(' ', words.Select(Quote));
        return (machine.Program(generator.Program, words, timeoutSeconds: SlowSeconds), line);
    });

    private static void Run(Func<Machine, Random, int, (CommandResult Result, string Input)> attempt)
    {
        int seconds = Workspace.Setting("FUZZ_SECONDS", 0) / 4;
        int first = FirstSeed.Value;
        Stopwatch watch = Stopwatch.StartNew();
        List<string> reports = [];
        Machine machine = FuzzedProgram.NewMachine();
        int seed = first;
        for (; reports.Count < 5 && (seconds > 0 ? watch.Elapsed.TotalSeconds < seconds : seed < first + DefaultRounds); seed++)
        {
            (CommandResult result, string input) = attempt(machine, new Random(seed), seed);
            if (FuzzedProgram.Complaint(result, FuzzedProgram.UsualStatuses) is { } complaint)
            {
                reports.Add($"FUZZ_SEED={seed}: {complaint}\n{Cut(input)}\n  status {result.ExitStatus}, stderr: {Cut(result.Stderr)}");
            }

            if ((seed - first) % RoundsPerNamespace == RoundsPerNamespace - 1)
            {
                machine.Dispose();
                machine = FuzzedProgram.NewMachine();
            }
        }

        machine.Dispose();
        Assert.True(seed > first, "nothing was tried");
        Report.None(reports);
    }

    private static string Damage(string text, Random random)
    {
        StringBuilder damaged = new(text);
        int at = random.Next(text.Length + 1);
        switch (random.Next(3))
        {
            case 0 when text.Length > 0:
                damaged[Math.Min(at, text.Length - 1)] = (char)random.Next(256);
                break;
            case 1 when text.Length > 0:
                damaged.Remove(Math.Min(at, text.Length - 1), 1);
                break;
            default:
                damaged.Insert(at, s_unlikely[random.Next(s_unlikely.Length)]);
                break;
        }

        return damaged.ToString();
    }

    private static string Quote(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Cut(string text) => text.Length > 1500 ? text[..1500] + "..." : text;
}
