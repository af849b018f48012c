using System.Text;
using Sharptables.Backends.Nft;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>A table that rules are read into, and shown as iptables-save does.</summary>
internal sealed class RuleUnderRead : IDisposable
{
    private readonly Output _text = new(Output.Kept);
    private readonly RuleText _writer;

    /// <param name="family">The family.</param>
    /// <param name="names">What names mean; null: what they mean to the system, and any name is an IP set's.</param>
    /// <param name="sets">The elements of sets.</param>
    /// <param name="chains">Its chains beside INPUT.</param>
    public RuleUnderRead(Family family, INames? names = null, SetSource? sets = null, params IEnumerable<string> chains)
    {
        Table = new Table("filter"u8, family, new NativeBuffer(1 << 20));
        Chain = Table.NewBuiltInChain(Array.IndexOf(family.HookNames, "INPUT"));
        foreach (string chain in chains)
        {
            _ = Table.NewChain(Encoding.Latin1.GetBytes(chain), hook: -1);
        }

        Extensions = new ExtensionSet(family) { Names = names ?? new KeptNames(SystemNames.Instance) };
        Reader = new RuleReader(Table, Extensions, sets);
        _writer = new RuleText(Table, Extensions, _text);
    }

    public Table Table { get; }

    public Chain Chain { get; }

    public ExtensionSet Extensions { get; }

    public RuleReader Reader { get; }

    public void Dispose() => Table.Dispose();

    /// <summary>A rule as it is saved, without <c>-A INPUT</c>.</summary>
    public string Read(ReadOnlySpan<byte> expressions, ReadOnlySpan<byte> userData = default)
    {
        Rule rule = Reader.Read(expressions, userData);
        _text.Clear();
        _writer.Write(Chain, rule, showCounters: false);
        string line = Encoding.Latin1.GetString(_text.Written).TrimEnd('\n');
        return line.StartsWith("-A INPUT", StringComparison.Ordinal) ? line["-A INPUT".Length..].TrimStart() : line;
    }
}
