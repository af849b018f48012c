using System.Text;
using System.Text.RegularExpressions;
using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Testing;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>Rules that nft(8) has put into the kernel, in a network namespace of their own, as the kernel gives them.</summary>
internal sealed class NftRules : IDisposable
{
    private readonly NetworkNamespace _namespace = new();
    private readonly byte _family;
    private NftSocket? _sets;

    public NftRules(Family family) => _family = family.Number;

    public NftRules(byte family) => _family = family;

    public void Dispose()
    {
        _sets?.Dispose();
        _namespace.Dispose();
    }

    /// <summary>Has nft read a file; gives what it complains about.</summary>
    public string Load(string commands)
    {
        string file = Path.Combine(Workspace.Temporary, Path.GetRandomFileName());
        File.WriteAllText(file, commands, Encoding.Latin1);
        CommandResult result = _namespace.Run(() => new Command("nft", "-f", file).Run());
        return result.ExitStatus != 0 && result.Stderr.Length == 0 ? "nft has crashed" : result.Stderr;
    }

    /// <summary>Has nft add rules to a chain; gives those that it and the kernel take.</summary>
    public List<T> LoadRules<T>(string chain, T[] rules, Func<T, string> words)
    {
        string errors = Load(string.Concat(rules.Select(each => $"add rule {NftFamily.NameOf(_family)} {chain} {words(each)}\n")));
        HashSet<int> blamed = [.. Regex.Matches(errors, @"^/[^:\n]*:(\d+):\d", RegexOptions.Multiline)
            .Select(static match => int.Parse(match.Groups[1].Value, null) - 1)];
        if (errors.Length == 0 || rules.Length == 1)
        {
            return errors.Length == 0 ? [.. rules] : [];
        }

        // Behind a wrong rule others may be blamed that are right, and nft may crash without a word.
        T[] suspect = blamed.Count == 0 ? rules : [.. rules.Where((_, i) => blamed.Contains(i))];
        T[] rest = blamed.Count == 0 ? [] : [.. rules.Where((_, i) => !blamed.Contains(i))];
        int half = suspect.Length / 2;
        return [.. rest.Length == 0 ? [] : LoadRules(chain, rest, words),
            .. suspect.Length == 1 ? [] : LoadRules(chain, suspect[..half], words),
            .. suspect.Length == 1 ? [] : LoadRules(chain, suspect[half..], words)];
    }

    /// <summary>Has a program of the C original read what iptables-save writes, and gives what it saves of it.</summary>
    public string Restore(string program, string saved) => _namespace.Run(() =>
    {
        CommandResult result = new Command($"{program}-restore") { Stdin = saved }.Run();
        return result.ExitStatus == 0 ? new Command($"{program}-save").Run().Stdout : result.Stderr;
    });

    /// <summary>What nft writes when it lists something.</summary>
    public string List(params string[] what) => _namespace.Run(() => new Command("nft", ["list", .. what]).Run()) is var result && result.ExitStatus == 0 ? result.Stdout : result.Stderr;

    /// <summary>The rules of a table, or of one chain of it: their expressions and what belongs to them beside.</summary>
    public List<(byte[] Expressions, byte[] UserData)> Read(string? chain = null)
    {
        List<(byte[], byte[])> rules = [];
        foreach (byte[] message in Dump(NfTables.Message.GetRule, []))
        {
            if (chain is not null && Encoding.Latin1.GetString(NetlinkAttributes.FindText(message, NfTables.Rule.Chain)) != chain)
            {
                continue;
            }

            rules.Add((
                NetlinkAttributes.Find(message, NfTables.Rule.Expressions).ToArray(),
                NetlinkAttributes.Find(message, NfTables.Rule.UserData).ToArray()));
        }

        return rules;
    }

    /// <summary>The elements of a table's anonymous sets.</summary>
    public SetSource Sets(string table) => new NftSets(_sets ??= _namespace.Run(() => new NftSocket(_family)), Encoding.Latin1.GetBytes(table)).Find;

    private List<byte[]> Dump(ushort message, byte[] attributes) => _namespace.Run(() =>
    {
        using NetlinkSocket socket = new(NetlinkSocket.Netfilter);
        List<byte[]> messages = [];
        socket.BeginDump(message, [_family, 0, 0, 0, .. attributes]);
        while (socket.NextInDump(out ReadOnlySpan<byte> body))
        {
            messages.Add(body[4..].ToArray());
        }

        return messages;
    });
}
