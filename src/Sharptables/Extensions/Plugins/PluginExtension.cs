using System;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Extensions.Plugins;

/// <summary>A match or target of others. Its options are data; what they mean, only the plugin knows.</summary>
/// <param name="plugin">What the plugin has registered.</param>
internal sealed class PluginExtension(Plugin plugin) : Extension
{
    /// <inheritdoc/>
    public override string Name => plugin.Name;

    /// <inheritdoc/>
    public override string KernelName => plugin.KernelName;

    /// <inheritdoc/>
    public override string Summary => "A plugin.";

    /// <inheritdoc/>
    public override bool IsTarget => plugin.IsTarget;

    /// <inheritdoc/>
    public override Option[] Options => field ??= [.. plugin.Options().ConvertAll(facts => new PluginOption(plugin, facts))];

    /// <inheritdoc/>
    public override byte Revision => plugin.Revision;

    /// <inheritdoc/>
    public override int PayloadSize => plugin.Size;

    /// <inheritdoc/>
    public override int SizeInProgress => plugin.Size + plugin.ScratchSize;

    /// <inheritdoc/>
    public override int ComparedSize => plugin.ComparedSize;

    /// <inheritdoc/>
    public override byte[]? Help => plugin.Help();

    /// <inheritdoc/>
    public override void Begin(Span<byte> payload) => plugin.Begin(payload);

    /// <inheritdoc/>
    public override void Save(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        ReadOnlySpan<byte> text = default;
        try
        {
            plugin.Save(payload, format.Protocol, out text);
        }
        finally
        {
            output.Write(text); // even of what then failed
        }
    }

    /// <inheritdoc/>
    public override void List(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        ReadOnlySpan<byte> text = default;
        try
        {
            plugin.List(payload, format.Protocol, format.IsNumeric, out text);
        }
        finally
        {
            output.Write(text);
        }
    }

    /// <inheritdoc/>
    public override string? Alias(ReadOnlySpan<byte> payload) => plugin.Alias(payload) is { } alias && alias != Name ? alias : null;

    /// <inheritdoc/>
    public override string? Misuse(ReadOnlySpan<byte> payload, in Format format) => null;

    /// <inheritdoc/>
    public override string? Misuse(ReadOnlySpan<byte> payload, Rule rule, Hooks hooks) => null;

    /// <inheritdoc/>
    protected override void SetDefaults(Span<byte> payload)
    {
    }

    /// <inheritdoc/>
    protected override void Complete(Span<byte> payload, in Given given, RuleInProgress rule) => plugin.Check(payload);
}
