using System;
using System.Collections.Generic;

namespace Sharptables.Kernel;

/// <summary>
/// A match or target that a plugin has registered with libxtables (<c>struct xtables_match</c>, <c>xtables_target</c>). Every call of it may
/// throw what <see cref="PluginHost.Begin"/> was told to.
/// </summary>
internal sealed unsafe class Plugin
{
    private readonly void* _plugin;
    private readonly bool _isTarget;
    private readonly byte _family;

    internal Plugin(in PluginHost.Facts facts, bool isTarget, byte family)
    {
        _plugin = facts.Plugin;
        (_isTarget, _family) = (isTarget, family);
        Name = PluginHost.TextOf(facts.Name);
        KernelName = PluginHost.TextOf(facts.RealName);
        Size = checked((int)facts.Size);
        ComparedSize = checked((int)facts.ComparedSize);
        ScratchSize = checked((int)facts.ScratchSize);
        Revision = facts.Revision;
    }

    public string Name { get; }

    /// <summary>The kernel's name for it.</summary>
    public string KernelName { get; }

    public bool IsTarget => _isTarget;

    public byte Revision { get; }

    /// <summary>The size of its payload, in bytes.</summary>
    public int Size { get; }

    /// <summary>How many bytes of the payload are compared.</summary>
    public int ComparedSize { get; }

    /// <summary>How many bytes it needs behind the payload while a rule is made.</summary>
    public int ScratchSize { get; }

    public List<PluginOptionFacts> Options()
    {
        List<PluginOptionFacts> options = [];
        PluginHost.OptionFacts facts;

        // SAFETY: the struct lives as long as the process; host_option ends at the option without a name.
        while (PluginHost.host_option(_plugin, options.Count, &facts) != 0)
        {
            options.Add(new PluginOptionFacts(PluginHost.TextOf(facts.Name), facts.Number, facts.Argument, facts.Type));
        }

        return options;
    }

    /// <summary>Begins a payload.</summary>
    /// <param name="inProgress">The payload, and <see cref="ScratchSize"/> bytes behind it.</param>
    public void Begin(Span<byte> inProgress)
    {
        inProgress.Clear();
        fixed (byte* payload = Whole(inProgress))
        {
            PluginHost.Use use = UseOf(payload);
            PluginHost.Check(PluginHost.host_init(&use));
        }
    }

    /// <summary>Reads an option.</summary>
    /// <param name="inProgress">The payload, and <see cref="ScratchSize"/> bytes behind it.</param>
    /// <param name="number">The option's number.</param>
    /// <param name="words">The words of the command.</param>
    /// <param name="value">The word that is its value, from 0; below zero if there is none.</param>
    /// <param name="offset">Where in that word the value begins.</param>
    /// <param name="isInverted">Whether <c>!</c> precedes it.</param>
    /// <param name="next">The number of the word behind; then of the one behind what the plugin took.</param>
    /// <param name="head">The head of the rule so far.</param>
    public void Parse(Span<byte> inProgress, int number, ArgumentVector words, int value, int offset, bool isInverted, ref int next, ReadOnlySpan<byte> head)
    {
        fixed (byte* payload = Whole(inProgress), entry = head)
        fixed (int* behind = &next)
        {
            PluginHost.Use use = UseOf(payload);
            PluginHost.Check(PluginHost.host_parse(&use, number, value < 0 ? null : words.At(value, offset), isInverted ? 1 : 0, words.Pointers, behind, entry));
        }
    }

    /// <summary>Checks what was given, once all options have been read.</summary>
    public void Check(Span<byte> inProgress)
    {
        fixed (byte* payload = Whole(inProgress))
        {
            PluginHost.Use use = UseOf(payload);
            PluginHost.Check(PluginHost.host_check(&use));
        }
    }

    /// <summary>A payload as in a listing.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="protocol">The protocol of the rule.</param>
    /// <param name="isNumeric">Whether addresses and ports are numbers.</param>
    /// <param name="text">What it printed, even if it then failed; good until the next call.</param>
    public void List(ReadOnlySpan<byte> payload, ushort protocol, bool isNumeric, out ReadOnlySpan<byte> text)
    {
        byte* printed;
        ulong length;
        int status;
        fixed (byte* bytes = Sized(payload))
        {
            status = PluginHost.host_print(_plugin, _isTarget ? 1 : 0, bytes, _family, protocol, isNumeric ? 1 : 0, &printed, &length);
        }

        text = PluginHost.Printed(printed, length);
        PluginHost.Check(status);
    }

    /// <summary>A payload as options.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="protocol">The protocol of the rule.</param>
    /// <param name="text">What it printed, even if it then failed; good until the next call.</param>
    public void Save(ReadOnlySpan<byte> payload, ushort protocol, out ReadOnlySpan<byte> text)
    {
        byte* printed;
        ulong length;
        int status;
        fixed (byte* bytes = Sized(payload))
        {
            status = PluginHost.host_save(_plugin, bytes, _family, protocol, &printed, &length);
        }

        text = PluginHost.Printed(printed, length);
        PluginHost.Check(status);
    }

    /// <summary>What it says of itself.</summary>
    public byte[] Help()
    {
        byte* printed;
        ulong length;
        PluginHost.Check(PluginHost.host_help(_plugin, &printed, &length));
        return PluginHost.Printed(printed, length).ToArray();
    }

    /// <summary>Another name that a payload is shown under, or null.</summary>
    public string? Alias(ReadOnlySpan<byte> payload)
    {
        byte* name;
        fixed (byte* bytes = Sized(payload))
        {
            PluginHost.Check(PluginHost.host_alias(_plugin, bytes, &name));
        }

        return name == null ? null : PluginHost.TextOf(name);
    }

    // SAFETY: the host reads and writes as many bytes as the plugin says; these two hold callers to that.
    private Span<byte> Whole(Span<byte> inProgress) => inProgress[..(Size + ScratchSize)];

    private ReadOnlySpan<byte> Sized(ReadOnlySpan<byte> payload) => payload[..Size];

    private PluginHost.Use UseOf(byte* payload) =>
        new() { Plugin = _plugin, IsTarget = _isTarget ? 1UL : 0, Payload = payload, Scratch = payload + Size };
}
