using Sharptables.Testing;

namespace Sharptables.DifferentialTests.Generated;

/// <summary>Draws words of commands from a seed: the same seed, the same words.</summary>
/// <param name="seed">The seed.</param>
/// <param name="validOnly">Whether nothing is drawn that is a mistake.</param>
internal abstract class RandomWords(int seed, bool validOnly)
{
    /// <summary>What rules are composed from: the targets that are no extensions, and the samples in the extensions' <c>.spec</c> files.</summary>
    public static IReadOnlyList<ExtensionSample> Samples { get; } =
    [
        .. ExtensionSample.Read(File.ReadLines(Workspace.PathOf("tests", "Sharptables.DifferentialTests", "Generated", "verdicts.txt"))),
        .. SpecFile.Samples,
    ];

    /// <summary>The family, by its name in <c>.spec</c> files.</summary>
    public string Family { get; protected init; } = "";

    protected Random Random { get; } = new(seed);

    protected bool ValidOnly => validOnly;

    /// <summary>Whether to make a mistake.</summary>
    /// <param name="odds">How likely.</param>
    protected virtual bool Errs(double odds) => !validOnly && Chance(odds);

    /// <summary>Whether options are also inverted that cannot be, shortened, given twice, without their value, or in one word with it.</summary>
    protected bool VariesOptions { get; init; } = true;

    protected void AddOptions(List<string> words, ExtensionSample extension)
    {
        List<OptionSample> options = [.. extension.Options.Where(o => o.Family is null || o.Family == Family)];
        HashSet<OptionSample> chosen =
        [
            .. options.Where(static o => o.Company.IsExclusive).GroupBy(static o => o.Company).Select(static g => g.ToArray())
                .Where(g => Chance(g.Any(static o => o.IsUsual) ? 0.96 : 0.3)).Select(g => g[Random.Next(g.Length)]),
        ];
        if (Chance(0.2))
        {
            Random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(options));
        }

        foreach (OptionSample option in options)
        {
            double odds = !option.Company.IsExclusive ? option.IsUsual ? 0.96 : 0.28
                : chosen.Contains(option) ? 1
                : validOnly || option.Company.IsStrict ? 0 : 0.01;
            if (!Chance(odds))
            {
                continue;
            }

            bool maySpoil = !validOnly && !option.IsOnlyAsWritten;
            if (option.IsInvertible || (maySpoil && VariesOptions && Errs(0.02)))
            {
                words.AddRange(Inversion());
            }

            // A unique beginning of a long option is as good as the whole.
            string name = maySpoil && VariesOptions && Chance(0.03) ? option.Name[..Math.Max(4, option.Name.Length - Random.Next(1, 5))] : option.Name;
            string value = Value(option.Good, option.Bad);
            if (value.Length > 0 && VariesOptions && Chance(0.05))
            {
                words.Add(name + "=" + value);
                continue;
            }

            words.Add(name);
            if (value.Length > 0 && !(maySpoil && VariesOptions && Errs(0.01)))
            {
                words.Add(value);
            }

            if (maySpoil && VariesOptions && Chance(0.01))
            {
                words.AddRange([option.Name, value]);
            }
        }
    }

    protected string[] Inversion() => Maybe(0.2, "!");

    protected string[] Maybe(double odds, string word) => Chance(odds) ? [word] : [];

    protected string Value(IReadOnlyList<string> good, IReadOnlyList<string> bad) =>
        bad.Count > 0 && Errs(0.05) ? bad[Random.Next(bad.Count)] : good[Random.Next(good.Count)];

    protected string Pick(IReadOnlyList<string> from) => from[Random.Next(from.Count)];

    protected ExtensionSample Pick(IReadOnlyList<ExtensionSample> from) => from[Random.Next(from.Count)];

    protected bool Chance(double odds) => Random.NextDouble() < odds;
}
