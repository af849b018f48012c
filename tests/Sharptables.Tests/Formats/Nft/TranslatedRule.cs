using System.Text;
using System.Text.RegularExpressions;
using Sharptables.Formats.Nft;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Tests.Backends.Nft;
using Sharptables.Tests.Packets;
using Sharptables.Text;

namespace Sharptables.Tests.Formats.Nft;

/// <summary>A rule of a <c>.spec</c>, in the words of nft: ours, and those of the C original; null where there are none.</summary>
internal sealed partial record TranslatedRule(DeclaredRule Rule, string? Text, string? Original)
{
    public static IReadOnlyList<TranslatedRule> All { get; } = [.. Translate(Family.IPv4, "iptables"), .. Translate(Family.IPv6, "ip6tables")];

    /// <summary>The expressions for it, a line each; null where only a set would say it.</summary>
    public string[]? Expressions => WrittenExpressions.Of(Rule.Conditions);

    /// <summary>A command that adds it to a chain. nft wants to know the protocol of ports of a connection.</summary>
    public string Command => $"add rule {Rule.Family.NftName} t c {(Protocol == 0 ? "" : $"meta l4proto {Protocol} ")}{Text}";

    private int Protocol => Rule.Protocol == 0 && Rule.Conditions.Any(static c => c.Field is ConnectionField { Key: CtKey.ProtoSrc or CtKey.ProtoDst })
        ? 6 : Rule.Protocol;

    /// <inheritdoc/>
    public override string ToString() => Rule.ToString();

    private static IEnumerable<TranslatedRule> Translate(Family family, string program)
    {
        DeclaredRule[] rules = [.. DeclaredRule.All.Where(rule => rule.Family == family).DistinctBy(static rule => rule.Case!.Saved)];
        string saved = $"*filter\n{string.Concat(rules.Select(static rule => $"-A INPUT {rule.Case!.Saved}\n"))}COMMIT\n";
        string[] originals = [.. NftProgram.Run(saved, $"{program}-restore-translate").Where(static line => RulePattern().IsMatch(line))];
        Xunit.Assert.Equal(rules.Length, originals.Length);
        return rules.Zip(originals, static (rule, line) => new TranslatedRule(rule, Write(rule), RulePattern().Match(line) is { Groups: [_, { Success: true } text] } ? text.Value : null));
    }

    private static string? Write(DeclaredRule rule)
    {
        Output text = new(descriptor: -1);
        return new NftText(text, rule.Family) { Protocol = rule.Protocol, SaysAsOriginal = true }.TryWrite(rule.Conditions) ? Encoding.ASCII.GetString(text.Written).TrimStart() : null;
    }

    /// <summary>A rule without its protocol, which is in its head and not one of its matches; or the comment for one that has no words.</summary>
    [GeneratedRegex(@"^(?:# -t filter -A .*|add rule \S+ filter INPUT (?:ip protocol \S+ |meta l4proto \S+ )?(.*?) ?counter.*)$")]
    private static partial Regex RulePattern();
}
