using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary>Whole fields of a packet as the hash's input; any beginning of a word is accepted.</summary>
internal sealed class HashTuple : Syntax<HMarkInfo>
{
    private static readonly (string Word, uint Flag, Change<HMarkInfo> Change)[] s_parts =
    [
        ("src", HMark.SourceMask, static (ref i) => i.SourceMask[..].Fill(0xff)),
        ("dst", HMark.DestinationMask, static (ref i) => i.DestinationMask[..].Fill(0xff)),
        ("sport", HMark.SourcePortMask, static (ref i) => i.SourcePortMask = new(ushort.MaxValue)),
        ("dport", HMark.DestinationPortMask, static (ref i) => i.DestinationPortMask = new(ushort.MaxValue)),
        ("spi", HMark.SpiMask, static (ref i) => i.SpiMask = new(uint.MaxValue)),
        ("proto", HMark.ProtocolMask, static (ref i) => i.ProtocolMask = ushort.MaxValue),
        ("ct", HMark.Connection, static (ref _) => { }),
    ];

    /// <inheritdoc/>
    public override string Placeholder => "part[,part...]";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices { get; } = Array.ConvertAll(s_parts, static p => p.Word);

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref HMarkInfo info)
    {
        ReadOnlySpan<byte> rest = argument.Text;
        for (int comma = 0; comma >= 0; rest = rest[(comma + 1)..])
        {
            if (rest.IsEmpty)
            {
                throw new UsageException(
                    "\"--hmark-tuple\" requires a list of types with no spaces, e.g. src,dst,sport,dport,proto");
            }

            comma = rest.IndexOf((byte)',');
            if (!TryAdd(comma < 0 ? rest : rest[..comma], ref info))
            {
                throw new UsageException($"Bad type \"{MessageText.Of(rest)}\"");
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(in HMarkInfo info, Output output, in Format format) => output.Write("ct"u8); // the others have options

    private static bool TryAdd(ReadOnlySpan<byte> text, ref HMarkInfo info)
    {
        foreach ((string word, uint flag, Change<HMarkInfo> change) in s_parts)
        {
            if (!text.IsEmpty && text.Length <= word.Length && Ascii.EqualsIgnoreCase(text, word.AsSpan(0, text.Length)))
            {
                info.Flags |= flag;
                change(ref info);
                return true;
            }
        }

        return false;
    }
}
