using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>
/// Every mistake of <c>Mistakes/</c>: the first line is the original's, a hint says what was meant, and what it says to type was tried. They are the
/// catalogue docs/mistakes.md. To take what is printed now: <c>UPDATE_DOCS=1 dotnet test tests/Sharptables.DifferentialTests --filter FullyQualifiedName~Mistake</c>.
/// </summary>
public sealed partial class MistakeTests
{
    private const int MostInOneFile = 5;

    private static readonly Mistake[] s_mistakes = [.. MistakeFile.ReadAll()];

    private static bool IsUpdating => Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    public static IEnumerable<object[]> Rows => IsUpdating ? [[s_mistakes[0].ToString()]] : s_mistakes.Select(static mistake => new object[] { mistake.ToString() });

    [Theory]
    [MemberData(nameof(Rows))]
    public void Says_what_was_meant_below_the_originals_line(string text)
    {
        Mistake mistake = s_mistakes.First(one => one.ToString() == text);
        (CommandResult ours, string first, List<string> further) = Make(mistake, IsUpdating || mistake.IsOfFrames ? ProgramSet.OursOverNft : ProgramSet.Ours);
        if (IsUpdating)
        {
            return;
        }

        Assert.Equal((mistake.First, string.Join('\n', mistake.Further)), (first, string.Join('\n', further)));
        using Machine reference = new(mistake.IsOfFrames ? ProgramSet.ReferenceOverNft : ProgramSet.Reference);
        CommandResult theirs = reference.Shell(mistake.Command, MistakeFile.Bytes(mistake.Input));
        bool isSame = (ours.ExitStatus, FirstLine(ours)) == (theirs.ExitStatus, FirstLine(theirs));
        Assert.True(isSame == (mistake.Differs is null), $"{theirs.ExitStatus} {FirstLine(theirs)}\n{ours.ExitStatus} {FirstLine(ours)}");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_a_hint_says_to_type_was_tried(string text)
    {
        Mistake mistake = s_mistakes.First(one => one.ToString() == text);
        foreach (ProgramSet programs in mistake.IsOfFrames ? (ProgramSet[])[ProgramSet.OursOverNft] : [ProgramSet.Ours, ProgramSet.OursOverNft])
        {
            Mistake made = new(mistake.File, mistake.Group, mistake.Command) { Further = Make(mistake, programs).Further };
            if (made.Typed is { } typed)
            {
                using Machine machine = new(programs);
                CommandResult result = machine.Shell($"{made.Preparation} set -e; {typed}");
                Assert.True(result.ExitStatus == 0, $"{typed}\n{result.Stderr}");
                if (CommandPattern().IsMatch(typed) && !typed.Contains("; ", StringComparison.Ordinal))
                {
                    string check = CommandPattern().Replace(typed, typed.StartsWith("ebtables", StringComparison.Ordinal) ? " --check $1" : " -C $1", 1);
                    Assert.True(machine.Shell(check).ExitStatus == 0, check);
                }
            }
            else if (made.Written.Any())
            {
                Write(mistake, programs);
            }
        }
    }

    /// <summary>The catalogue is what the mistakes say, and it is long enough to be of use.</summary>
    [Fact]
    public void The_catalogue_has_them_all()
    {
        if (IsUpdating)
        {
            Parallel.ForEach(s_mistakes, static mistake => (_, mistake.First, mistake.Further) = Make(mistake, mistake.IsOfFrames ? ProgramSet.OursOverNft : ProgramSet.Ours));
            MistakeFile.WriteAll(s_mistakes);
            File.WriteAllText(Workspace.PathOf("docs", "mistakes.md"), Catalogue());
        }

        Assert.Equal(Catalogue(), File.ReadAllText(Workspace.PathOf("docs", "mistakes.md")));
        Assert.True(s_mistakes.Length >= 200);
        Assert.True(s_mistakes.Count(static mistake => mistake.Further.Exists(static line => line.StartsWith("Hint: ", StringComparison.Ordinal))) >= 190);
    }

    /// <summary>Puts what is to be written in the place of the line at fault, until the file is right.</summary>
    private static void Write(Mistake mistake, ProgramSet programs)
    {
        List<string> lines = [.. mistake.Input];
        string last = "";
        for (int i = 0; i < MostInOneFile; i++)
        {
            Mistake now = new(mistake.File, mistake.Group, mistake.Command);
            now.Input.AddRange(lines);
            (CommandResult result, string first, now.Further) = Make(now, programs);
            if (result.ExitStatus == 0)
            {
                return;
            }

            Assert.NotEqual(last, string.Join('\n', now.Further));
            last = string.Join('\n', now.Further);
            string[] written = [.. now.Written];
            Assert.True(written.Length > 0 || i > 0, $"{first}\n{string.Join('\n', now.Further)}");
            if (written.Length == 0)
            {
                return; // it is another mistake that is left, and what to write is not known
            }

            string? line = now.Further.Find(static one => LinePattern().IsMatch(one));
            int number = line is null ? lines.Count + 1 : int.Parse(LinePattern().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
            if (line is not null)
            {
                lines.RemoveAt(number - 1);
            }

            lines.InsertRange(number - 1, written.Select(static one => one.Replace("\\", "\\\\", StringComparison.Ordinal)));
        }

        Assert.Fail($"{mistake}\n{last}");
    }

    private static (CommandResult Result, string First, List<string> Further) Make(Mistake mistake, ProgramSet programs)
    {
        using Machine machine = new(programs);
        CommandResult result = machine.Shell($"export SHARPTABLES_HINTS=always; {mistake.Command}", MistakeFile.Bytes(mistake.Input));
        string[] lines = [.. Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(result.Stderr)).Split('\n').Where(static line => line.Trim().Length > 0)];
        string first = FirstLine(result);
        return (result, first, [.. lines.SkipWhile(static line => !AddedPattern().IsMatch(line))]);
    }

    /// <summary>The first line that is not blank, of the version that ours is.</summary>
    private static string FirstLine(CommandResult result) => Normalise.Errors(result).Split('\n')
        .FirstOrDefault(static line => line.Trim().Length > 0 && !AddedPattern().IsMatch(line), "").Trim().Replace("1.8.x", "1.8.10", StringComparison.Ordinal);

    private static string Catalogue()
    {
        StringBuilder text = new("""
            # Mistakes

            What people type, what iptables says, and what Sharptables says after it. The first line is the original's. `Hint: type:` is
            a command to type instead, and `Hint: write:` a line of a file; each was tried by a test. The examples are shown over the legacy interface,
            with `SHARPTABLES_HINTS=always`.

            """.Replace("\r", "", StringComparison.Ordinal));
        foreach (IGrouping<string, Mistake> group in s_mistakes.GroupBy(static mistake => mistake.Group))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {group.Key}\n\n```\n");
            foreach (Mistake mistake in group)
            {
                bool hasInput = mistake.Input.Count > 0;
                text.Append(CultureInfo.InvariantCulture, $"$ {mistake.Command}{(hasInput ? " <<EOF" : "")}\n");
                mistake.Input.ForEach(line => text.Append(line).Append('\n'));
                text.Append(hasInput ? "EOF\n" : "").Append(mistake.First.Length == 0 ? "" : mistake.First + "\n");
                mistake.Further.ForEach(line => text.Append(line).Append('\n'));
                text.Append('\n');
            }

            text.Length--;
            text.Append("```\n");
        }

        return text.ToString();
    }

    [GeneratedRegex(@" (?:-A|-I|--append|--insert) (\S+)")]
    private static partial Regex CommandPattern();

    [GeneratedRegex(@"^(Hint: |Line \d+: |Warning: (?:line |the rule |no interface |IPv[46] |\S+ is read ))")]
    private static partial Regex AddedPattern();

    [GeneratedRegex(@"^Line (\d+): ")]
    private static partial Regex LinePattern();
}
