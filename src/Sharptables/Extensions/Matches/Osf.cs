using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m osf</c>.</summary>
internal sealed class Osf : Match<OsfInfo>
{
    private const uint TtlFlag = 1 << 1; // NF_OSF_*
    private const uint LogFlag = 1 << 2;
    private const uint InvertFlag = 1 << 3;

    /// <inheritdoc/>
    public override string Name => "osf";

    /// <inheritdoc/>
    public override string HelpHeading => "OS fingerprint match options:";

    /// <inheritdoc/>
    public override string Summary => "Matches packets that open a TCP connection by the operating system of their sender.";

    /// <inheritdoc/>
    public override string DependsOn => "the fingerprints that the kernel has";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Hooks: Hooks.PreRouting | Hooks.Input | Hooks.Forward, Protocols: [Protocol.Tcp]);

    public Osf() => Options =
    [
        Option("genre", new BoundedText<OsfInfo.GenreName>(isName: true, placeholder: "string"), (ref i) => ref i.Genre,
            "The system, by its name in the fingerprints that nfnl_osf has loaded; unknown for all others.",
            required: true, invert: Bit((ref i) => ref i.Flags, InvertFlag),
            label: " OS fingerprint match ", invertedLabel: " OS fingerprint match ! "),
        Option("ttl", new Number<uint>(0, 2, placeholder: "level"), (ref i) => ref i.Ttl,
            "How to compare the TTL: 0 equal to the fingerprint's, as on a LAN; 1 at most that; 2 not at all.",
            present: Bit((ref i) => ref i.Flags, TtlFlag), listed: Never),
        Option("log", new Number<uint>(0, 2, placeholder: "level"), (ref i) => ref i.LogLevel,
            "What to log: 0 every matching fingerprint, and unknown ones; 1 the first match; 2 every match.",
            present: Bit((ref i) => ref i.Flags, LogFlag), listed: Never),
    ];

    /// <inheritdoc/>
    protected override void Finish(ref OsfInfo info, in Given given, RuleInProgress rule) =>
        info.Length = (uint)BoundedText<OsfInfo.GenreName>.Text(info.Genre).Length;
}

/// <summary>The kernel's struct for <c>-m osf</c>.</summary>
[KernelStruct("struct nf_osf_info", "linux/netfilter/nfnetlink_osf.h")]
[StructLayout(LayoutKind.Sequential)]
public struct OsfInfo
{
    /// <summary>The system.</summary>
    public GenreName Genre;

    /// <summary>The length of its name.</summary>
    [KernelField("len")]
    public uint Length;

    /// <summary><c>NF_OSF_*</c>.</summary>
    public uint Flags;

    /// <summary>What to log.</summary>
    [KernelField("loglevel")]
    public uint LogLevel;

    /// <summary>How the TTL is compared.</summary>
    public uint Ttl;

    /// <summary>The name of a system (MAXGENRELEN).</summary>
    [InlineArray(32)]
    public struct GenreName
    {
        private byte _first;
    }
}
