using System.Globalization;
using System.Text;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests.Generated;

/// <summary>
/// Real input, damaged, to each program that reads what others have written: never a crash, never a hang, never much memory, and a message on standard error
/// wherever an error status is returned. The seeds are the same in every run, unless <c>FUZZ_SEED</c> names the first; <c>FUZZ_INPUTS</c> says how
/// many there are in all.
/// </summary>
public sealed class DamagedInputTests
{
    private const int DefaultInputs = 2000;
    private const int InputsPerNamespace = 100;
    private const int MostReports = 5;
    private const int Patience = 60; // seconds

    public static IEnumerable<object[]> Names => FuzzedProgram.All.Keys.Select(static name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused_or_taken_cleanly(string name)
    {
        FuzzedProgram program = FuzzedProgram.All[name];
        int last = FirstSeed.Value + (Workspace.Setting("FUZZ_INPUTS", DefaultInputs) / FuzzedProgram.All.Count);
        List<string> reports = [];
        Machine machine = FuzzedProgram.NewMachine();
        for (int seed = FirstSeed.Value; seed < last && reports.Count < MostReports; seed++)
        {
            byte[] input = program.Input(seed);
            CommandResult result = program.IsArgument
                ? machine.Program(program.Words[0], [.. program.Words[1..], Encoding.Latin1.GetString(input)], timeoutSeconds: Patience)
                : machine.Program(program.Words[0], program.Words[1..], Encoding.Latin1.GetString(input), Patience);
            if (FuzzedProgram.Complaint(result, program.Statuses) is { } complaint)
            {
                reports.Add($"FUZZ_SEED={seed}: {complaint}\n  status {result.ExitStatus}, {Repeat(program, name, seed, input)}\n"
                    + $"  stderr: {result.Stderr[..Math.Min(result.Stderr.Length, 1500)]}");
            }

            if ((seed - FirstSeed.Value) % InputsPerNamespace == InputsPerNamespace - 1)
            {
                machine.Dispose();
                machine = FuzzedProgram.NewMachine();
            }
        }

        machine.Dispose();
        Report.None(reports);
    }

    /// <summary>Keeps an input, and says what to type to see the same again.</summary>
    private static string Repeat(FuzzedProgram program, string name, int seed, byte[] input)
    {
        string folder = Directory.CreateDirectory(Workspace.PathOf("artifacts", "fuzz")).FullName;
        string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{seed}"));
        File.WriteAllBytes(file, input);
        string words = $"sudo unshare -n env XTABLES_LOCKFILE=/dev/null {ProgramSet.Ours.Source}/{string.Join(' ', program.Words)}";
        return program.IsArgument ? $"{words} \"$(cat {file})\"" : $"{words} <{file}";
    }
}
