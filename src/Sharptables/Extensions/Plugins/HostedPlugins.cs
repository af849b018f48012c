using System;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Extensions.Plugins;

/// <summary>Plugins in this process, which libxtables loads. Only the program that is made for it can do that.</summary>
/// <param name="family">The family.</param>
/// <param name="folders">Where plugins are.</param>
/// <param name="program">The program's name in messages of libxtables.</param>
/// <param name="version">Its version.</param>
internal sealed class HostedPlugins(Family family, PluginFolders folders, string program, string version) : IPlugins
{
    private readonly List<byte[]> _loaded = [];
    private bool _hasBegun;

    /// <inheritdoc/>
    public string? Lacking { get; private set; }

    /// <inheritdoc/>
    public bool AreThere => true;

    /// <inheritdoc/>
    public Extension? Find(ReadOnlySpan<byte> name, bool isTarget, byte? revision = null)
    {
        foreach (byte[] file in folders.Files(name))
        {
            if (Load(file) && PluginHost.Find(name, isTarget, revision) is { } plugin)
            {
                return new PluginExtension(plugin) { Family = family };
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Expect()
    {
    }

    private bool Load(byte[] file)
    {
        if (_loaded.Exists(loaded => loaded.AsSpan().SequenceEqual(file)))
        {
            return true;
        }

        if (Folder.IsOpenToAll(file.AsSpan(0, file.AsSpan().LastIndexOf((byte)'/'))))
        {
            Lacking = $"{MessageText.Of(file)} is not loaded: every user may put files into that folder, or another in its place.";
            return false;
        }

        if (!Begin(file) || !PluginHost.Load(file))
        {
            return false;
        }

        _loaded.Add(file);
        return true;
    }

    private bool Begin(byte[] file)
    {
        try
        {
            if (!_hasBegun)
            {
                PluginHost.Begin(family.Sockets, program, version, Refusal);
                _hasBegun = true;
            }
        }
        catch (LibraryException e)
        {
            Lacking = $"{MessageText.Of(file)} is a plugin for libxtables, which cannot be loaded: {e.Message}. Its package is libxtables12 in Debian.";
        }

        return _hasBegun;
    }

    /// <summary>The error for what a plugin refuses: printed as the original prints its message, with the same exit status.</summary>
    private static UsageException Refusal(int status, string? message) => (status, message) switch
    {
        (_, null) => new UsageException("", ErrorShape.Ended) { Status = status },
        (2, _) => new UsageException(message),
        (3, _) => new UsageException(message, ErrorShape.NoTable),
        _ => new UsageException(message, ErrorShape.Other) { Status = status },
    };
}
