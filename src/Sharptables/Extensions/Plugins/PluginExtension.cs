using System;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Extensions.Plugins;

/// <summary>A match or target of others. Its options are data; what they mean, only the plugin knows.</summary>
internal sealed class PluginExtension : Extension
{
    private readonly Plugin _plugin;

    /// <param name="plugin">What the plugin has registered.</param>
    public PluginExtension(Plugin plugin)
    {
        _plugin = plugin;
        Options = [.. plugin.Options().ConvertAll(facts => new PluginOption(plugin, facts))];
    }

    /// <inheritdoc/>
    public override string Name => _plugin.Name;

    /// <inheritdoc/>
    public override string KernelName => _plugin.KernelName;

    /// <inheritdoc/>
    public override string Summary => "A plugin.";

    /// <inheritdoc/>
    public override bool IsTarget => _plugin.IsTarget;

    /// <inheritdoc/>
    public override byte Revision => _plugin.Revision;

    /// <inheritdoc/>
    public override int PayloadSize => _plugin.Size;

    /// <inheritdoc/>
    public override int SizeInProgress => _plugin.Size + _plugin.ScratchSize;

    /// <inheritdoc/>
    public override int ComparedSize => _plugin.ComparedSize;

    /// <inheritdoc/>
    public override byte[]? Help => _plugin.Help();

    /// <inheritdoc/>
    public override void Begin(Span<byte> payload) => _plugin.Begin(payload);

    /// <inheritdoc/>
    public override void Save(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        ReadOnlySpan<byte> text = default;
        try
        {
            _plugin.Save(payload, format.Protocol, out text);
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
            _plugin.List(payload, format.Protocol, format.IsNumeric, out text);
        }
        finally
        {
            output.Write(text);
        }
    }

    /// <inheritdoc/>
    public override string? Alias(ReadOnlySpan<byte> payload) => _plugin.Alias(payload) is { } alias && alias != Name ? alias : null;

    /// <inheritdoc/>
    public override string? Misuse(ReadOnlySpan<byte> payload, in Format format) => null;

    /// <inheritdoc/>
    public override string? Misuse(ReadOnlySpan<byte> payload, Rule rule, Hooks hooks) => null;

    /// <inheritdoc/>
    protected override void SetDefaults(Span<byte> payload)
    {
    }

    /// <inheritdoc/>
    protected override void Complete(Span<byte> payload, in Given given, RuleInProgress rule) => _plugin.Check(payload);
}
