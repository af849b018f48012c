using System.Text;
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

    public NftRules(Family family) => _family = family == Family.IPv4 ? (byte)2 : (byte)10;

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
        return result.Stderr;
    }

    /// <summary>Has a program of the C original read what iptables-save writes, and gives what it saves of it.</summary>
    public string Restore(string program, string saved) => _namespace.Run(() =>
    {
        CommandResult result = new Command($"{program}-restore") { Stdin = saved }.Run();
        return result.ExitStatus == 0 ? new Command($"{program}-save").Run().Stdout : result.Stderr;
    });

    /// <summary>The rules of a table: their expressions and what belongs to them beside.</summary>
    public List<(byte[] Expressions, byte[] UserData)> Read()
    {
        List<(byte[], byte[])> rules = [];
        foreach (byte[] message in Dump(NfTables.Message.GetRule, []))
        {
            rules.Add((
                NetlinkAttributes.Find(message, NfTables.Rule.Expressions).ToArray(),
                NetlinkAttributes.Find(message, NfTables.Rule.UserData).ToArray()));
        }

        return rules;
    }

    /// <summary>The elements of a table's anonymous sets.</summary>
    public SetElements Sets(string table) => new AnonymousSets(_sets ??= _namespace.Run(() => new NftSocket(_family)), Encoding.Latin1.GetBytes(table)).Elements;

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
