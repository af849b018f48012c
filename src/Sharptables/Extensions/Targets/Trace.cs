using System;
using Sharptables.Formats.Nft;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j TRACE</c>, the only target without a payload, and so without a struct.</summary>
/// <param name="tables">The tables that it may be in; none: all.</param>
internal sealed class Trace(params string[] tables) : Extension
{
    /// <inheritdoc/>
    public override string Name => "TRACE";

    /// <inheritdoc/>
    public override string Summary => "Makes the kernel log every rule that the packet matches from here on.";

    /// <inheritdoc/>
    public override bool IsTarget => true;

    /// <inheritdoc/>
    public override int PayloadSize => 0;

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: tables.Length > 0 ? tables : null);

    /// <inheritdoc/>
    protected override void SetDefaults(Span<byte> payload)
    {
    }

    /// <inheritdoc/>
    protected override void Complete(Span<byte> payload, in Given given, RuleInProgress rule)
    {
    }

    /// <inheritdoc/>
    public override string? Misuse(ReadOnlySpan<byte> payload, in Format format) => null;

    /// <inheritdoc/>
    public override string? Misuse(ReadOnlySpan<byte> payload, Rule rule, Hooks hooks) => null;

    /// <inheritdoc/>
    public override string? Alias(ReadOnlySpan<byte> payload) => null;

    /// <inheritdoc/>
    public override Statement StatementIn(ReadOnlySpan<byte> payload) => new Statement.Set(MetaKey.Nftrace, 1);

    /// <inheritdoc/>
    public override bool TryTake(Statement statement, Span<byte> payload) => statement is Statement.Set { Key: MetaKey.Nftrace, Value: 1 };

    /// <summary>Empty: the name is in the target column.</summary>
    public override void List(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
    }

    /// <inheritdoc/>
    public override bool Translate(ReadOnlySpan<byte> payload, NftText nft) => nft.TryWrite(StatementIn(payload));

    /// <inheritdoc/>
    public override Fate? Act(ReadOnlySpan<byte> payload, Packet packet) => Fate.Continue;
}
