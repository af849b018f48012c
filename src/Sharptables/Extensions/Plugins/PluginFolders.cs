using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Extensions.Plugins;

/// <summary>
/// The folders of plugins: those of <c>XTABLES_LIBDIR</c> or what it was once called, separated by colons, else <c>lib/xtables</c> and
/// <c>lib64/xtables</c> beside the folder of the program, and Debian's. The environment counts only for who has the rights already.
/// </summary>
/// <param name="family">The family of the plugins.</param>
/// <param name="isForeign">Whether a name is none of ours: no others are asked for.</param>
internal sealed class PluginFolders(Family family, Predicate<ReadOnlySpan<byte>> isForeign)
{
    /// <summary>What the names of files begin with: those for all families, and those for this one.</summary>
    private byte[][] Prefixes => field ??= ["libxt_"u8.ToArray(), Encoding.ASCII.GetBytes("lib" + family.ExtensionModulePrefix)];

    private bool _isAsked;

    private List<byte[]> Folders => field ??= Find();

    /// <summary>The names of the foreign plugins, of which most machines have none.</summary>
    private List<byte[]> Names => field ??= Read();

    /// <summary>Whether there is a plugin that is none of ours.</summary>
    public bool HaveAny => Names.Count > 0;

    /// <summary>The files that may have a match or target, in the order in which they are tried.</summary>
    /// <param name="name">The name of the match or target.</param>
    public byte[][] Files(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.Length > ExtensionRecord.MaxName || name.Contains((byte)'/') || !MayHave(name) || IsOther(name) || !isForeign(name))
        {
            return [];
        }

        List<byte[]> files = [];
        foreach (byte[] folder in Folders)
        {
            foreach (byte[] prefix in Prefixes)
            {
                byte[] path = [.. folder, (byte)'/', .. prefix, .. name, .. ".so"u8];
                if (FileDescriptor.Exists(path))
                {
                    files.Add(path);
                }
            }
        }

        return [.. files];
    }

    /// <summary>
    /// Whether it is worth looking for a name. A command asks for one, for which no folder is read; a file of rules for each chain that is
    /// jumped to: these are looked for among the names of the foreign plugins.
    /// </summary>
    private bool MayHave(ReadOnlySpan<byte> name)
    {
        if (!_isAsked)
        {
            _isAsked = true;
            return true;
        }

        foreach (byte[] known in Names)
        {
            if (name.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }

    private List<byte[]> Read()
    {
        List<byte[]> names = [];
        void Add(ReadOnlySpan<byte> file)
        {
            foreach (byte[] prefix in Prefixes)
            {
                if (file.StartsWith(prefix) && file.EndsWith(".so"u8) && file[prefix.Length..^3] is var name && !IsOther(name) && isForeign(name))
                {
                    names.Add(name.ToArray());
                }
            }
        }

        Folders.ForEach(folder => Folder.ForEach(folder, Add));
        return names;
    }

    private static List<byte[]> Find()
    {
        byte[] set = ThisProcess.HasBorrowedRights ? []
            : EnvironmentVariable.Read("XTABLES_LIBDIR"u8) is { Length: > 0 } now ? now
            : EnvironmentVariable.Read("IPTABLES_LIB_DIR"u8) is { Length: > 0 } old ? old
            : EnvironmentVariable.Read("IP6TABLES_LIB_DIR"u8);
        List<byte[]> folders = [];
        for (ReadOnlySpan<byte> rest = set; !rest.IsEmpty;)
        {
            int colon = rest.IndexOf((byte)':');
            folders.Add((colon < 0 ? rest : rest[..colon]).ToArray());
            rest = colon < 0 ? default : rest[(colon + 1)..];
        }

        if (set.Length == 0)
        {
            foreach (byte[] prefix in ThisProcess.Prefixes())
            {
                folders.Add([.. prefix, .. "/lib/xtables"u8]);
                folders.Add([.. prefix, .. "/lib64/xtables"u8]);
            }

            folders.Add(RuntimeInformation.ProcessArchitecture == Architecture.Arm64
                ? "/usr/lib/aarch64-linux-gnu/xtables"u8.ToArray()
                : "/usr/lib/x86_64-linux-gnu/xtables"u8.ToArray());
        }

        return folders;
    }

    /// <summary>Whether it is a file of the original's in which no match or target has the name of the file.</summary>
    private static bool IsOther(ReadOnlySpan<byte> name) => name.SequenceEqual("NAT"u8) || name.SequenceEqual("standard"u8);
}
