using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions.Plugins;
using Sharptables.Model;
using Sharptables.Names;

namespace Sharptables.Extensions.Catalogue;

/// <summary>The extensions of one family. Each is built when first asked for.</summary>
/// <param name="family">The family.</param>
internal sealed class ExtensionSet(Family family)
{
    /// <summary>The size in bytes of a table of which it is cheaper to read folders than all rules.</summary>
    private const int LargeTable = 1 << 16;

    private readonly List<Extension> _built = [];

    public Family Family => family;

    public IHead Head => field ??= HeadList.Of(family);

    /// <summary>What names in rules mean.</summary>
    public INames Names { get; init; } = SystemNames.Instance;

    /// <summary>Where those of others come from, or null.</summary>
    public IPlugins? Plugins { get; init; }

    /// <summary>The extensions built so far, in the order in which they were asked for.</summary>
    public IReadOnlyList<Extension> Built => _built;

    /// <summary>The extension of that name, or null.</summary>
    public Extension? Find(ReadOnlySpan<byte> name, bool isTarget)
    {
        foreach (Extension extension in _built)
        {
            if (extension.IsTarget == isTarget && Ascii.Equals(name, extension.Name))
            {
                return extension;
            }
        }

        // A longer name is most likely a chain's: every jump of a restore asks.
        foreach (ExtensionEntry entry in name.Length > ExtensionList.LongestName ? [] : isTarget ? ExtensionList.Targets : ExtensionList.Matches)
        {
            if ((entry.Families & family.Bit) != 0 && Ascii.Equals(name, entry.Name))
            {
                return Keep(entry.Build(family));
            }

            foreach (string alias in entry.Aliases)
            {
                if ((entry.Families & family.Bit) != 0 && Ascii.Equals(name, alias))
                {
                    return Find(Encoding.ASCII.GetBytes(entry.Name), isTarget);
                }
            }
        }

        return Keep(Plugins?.Find(name, isTarget));
    }

    /// <summary>
    /// Looks for all that is in a table, or in one chain of it, so that what plugins have to say or to do comes before anything is printed.
    /// </summary>
    public void Meet(Table table, Chain? only = null)
    {
        if (Plugins is null || (table.Original.Length > LargeTable && !Plugins.AreThere))
        {
            return;
        }

        foreach (Chain chain in only is null ? table.Chains : [only])
        {
            foreach (Rule rule in table.Rules(chain))
            {
                foreach (ExtensionRecord match in rule)
                {
                    Meet(match, isTarget: false);
                }

                Meet(rule.Target, isTarget: true);
            }
        }
    }

    /// <summary>
    /// The extension of a match or target in a rule, and its payload in the newest layout; null when the name, revision or size is unknown.
    /// </summary>
    /// <param name="record">The match or target.</param>
    /// <param name="isTarget">Which of the two it is.</param>
    /// <param name="scratch">Room for a payload of the newest layout.</param>
    /// <param name="payload">The payload.</param>
    public Extension? Find(ExtensionRecord record, bool isTarget, Span<byte> scratch, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        Extension? extension = FindByHead(record, isTarget);
        if (extension is not null)
        {
            payload = record.Payload[..extension.PayloadSize];
        }
        else if (Find(record.Name, isTarget) is { } named && (TryRead(record, named, scratch, out payload)
            || (named is PluginExtension && (named = Keep(Plugins?.Find(record.Name, isTarget, record.Revision))) is not null && TryRead(record, named, scratch, out payload))))
        {
            extension = named;
        }
        else
        {
            return null;
        }

        return extension.Alias(payload) is { } alias ? Find(Encoding.ASCII.GetBytes(alias), isTarget) : extension;
    }

    /// <summary>
    /// Writes a payload of the newest layout back into the record that it was read from by
    /// <see cref="Find(ExtensionRecord, bool, Span{byte}, out ReadOnlySpan{byte})"/>.
    /// </summary>
    /// <returns>Null, or what the record's revision cannot express.</returns>
    public static string? Store(ReadOnlySpan<byte> payload, Extension extension, ExtensionRecord record)
    {
        if (record.Revision != extension.Revision || !Ascii.Equals(record.Name, extension.KernelName))
        {
            OlderLayout older = Older(extension, record)!;
            return older.Narrow(payload, record.Payload[..older.Size]);
        }

        payload.CopyTo(record.Payload);
        return null;
    }

    /// <summary>Finds an extension found before, by the record head of its newest revision, which nearly all rules have.</summary>
    internal Extension? FindByHead(ExtensionRecord record, bool isTarget)
    {
        ReadOnlySpan<byte> head = record.Bytes[..ExtensionRecord.HeadSize];
        ulong first = MemoryMarshal.Read<ulong>(head);
        foreach (Extension extension in _built)
        {
            ReadOnlySpan<byte> its = extension.RecordHead;
            if (MemoryMarshal.Read<ulong>(its) == first && head.SequenceEqual(its) && extension.IsTarget == isTarget && extension.Name == extension.KernelName)
            {
                return extension;
            }
        }

        return null;
    }

    private void Meet(ExtensionRecord record, bool isTarget)
    {
        if (!record.IsStandardTarget && FindByHead(record, isTarget) is null)
        {
            _ = Find(record.Name, isTarget);
        }
    }

    private Extension? Keep(Extension? extension)
    {
        if (extension is not null)
        {
            _built.Add(extension);
        }

        return extension;
    }

    /// <summary>Reads a payload of any known revision; false when its size or revision is unknown.</summary>
    private static bool TryRead(ExtensionRecord record, Extension extension, Span<byte> scratch, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        ReadOnlySpan<byte> bytes = record.Payload;
        if (record.Revision == extension.Revision && Ascii.Equals(record.Name, extension.KernelName))
        {
            int size = bytes.Length >= extension.PayloadSize ? extension.SizeOf(bytes) : -1;
            payload = size >= 0 && bytes.Length == Padded(size) ? bytes[..size] : default;
            return size >= 0 && bytes.Length == Padded(size);
        }

        if (Older(extension, record) is not { } older || bytes.Length != Padded(older.Size))
        {
            return false;
        }

        Span<byte> widened = scratch[..extension.PayloadSize];
        extension.Begin(widened);
        older.Widen(bytes[..older.Size], widened);
        payload = widened;
        return true;
    }

    private static OlderLayout? Older(Extension extension, ExtensionRecord record)
    {
        foreach (OlderLayout older in extension.OlderLayouts)
        {
            if (older.Revision == record.Revision && Ascii.Equals(record.Name, older.KernelNameFor(extension)))
            {
                return older;
            }
        }

        return null;
    }

    private static int Padded(int size) => ExtensionRecord.SizeFor(size) - ExtensionRecord.HeadSize;
}
