using System;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Plugins;

/// <summary>An option of a plugin, which reads its value and checks it by itself.</summary>
internal sealed class PluginOption : Option
{
    private readonly Plugin _plugin;
    private readonly PluginOptionFacts _facts;

    public PluginOption(Plugin plugin, PluginOptionFacts facts)
        : base(facts.Name, "", facts.Argument == 0 ? null : new PluginValue(facts.Type))
    {
        (_plugin, _facts) = (plugin, facts);
        CanInvert = MayRepeat = true; // or the plugin refuses
    }

    /// <inheritdoc/>
    public override bool MayLackWord => _facts.Argument == PluginOptionFacts.OptionalArgument;

    /// <summary>Reads it.</summary>
    /// <param name="words">The words of the command: the plugin may take some behind its own.</param>
    /// <param name="value">Its value.</param>
    /// <param name="next">The number of the word behind.</param>
    /// <param name="isInverted">Whether <c>!</c> precedes it.</param>
    /// <param name="head">The head of the rule as far as it has been read.</param>
    /// <param name="payload">The payload, and what is needed behind it.</param>
    /// <returns>How many words behind its own the plugin took.</returns>
    public int Read(Words words, Word value, int next, bool isInverted, ReadOnlySpan<byte> head, Span<byte> payload)
    {
        int left = next;
        _plugin.Parse(payload, _facts.Number, words.Vector, value.Index, value.Offset, isInverted, ref left, head);
        return left - next;
    }

    /// <summary>Never called: see <see cref="Read"/>.</summary>
    public override void Parse(in Argument argument, Span<byte> payload) => throw new InvalidOperationException("a plugin reads words by itself");

    /// <inheritdoc/>
    protected override bool IsSaid(ReadOnlySpan<byte> payload) => false;

    /// <inheritdoc/>
    protected override bool IsListedOtherwise(ReadOnlySpan<byte> payload) => false;

    /// <inheritdoc/>
    protected override bool IsInvertSet(ReadOnlySpan<byte> payload) => false;

    /// <inheritdoc/>
    protected override bool IsValued(ReadOnlySpan<byte> payload) => false;
}
