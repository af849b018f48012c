using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m hashlimit</c> in the words of nft(8): a meter, or a limit if all packets have one rate.</summary>
internal static class HashLimitMeter
{
    /// <summary>Writes a rate in the words of nft(8); false when it has none.</summary>
    public static bool Translate(in HashLimitInfo info, NftText nft)
    {
        string rate = (info.Mode & HashLimit.Above) != 0 ? "over " : "";
        bool isExact = !nft.SaysAsOriginal;
        ulong packets = 0, bytes = 0;
        if ((info.Mode & HashLimit.Bytes) != 0)
        {
            bytes = ByteRate.BytesOf(info.Average);
            rate += $"{ByteRate.NftWords(bytes, isExact)}/second{(info.Burst == 0 ? "" : $" burst {ByteRate.NftWords(info.Burst * bytes, isExact)}")}";
        }
        else
        {
            (packets, uint seconds) = HashLimit.PacketRates.Of(info.Average);
            string unit = seconds switch { 1 => "second", 60 => "minute", 3600 => "hour", _ => "day" };
            rate += $"{packets}/{unit}{(info.Burst == HashLimit.DefaultBurst ? "" : $" burst {info.Burst} packets")}";
        }

        List<string> keys = [];
        string family = nft.Family.NftName;
        AddKey(1, $"{family} daddr", info.DestinationMask, info.Mode);
        AddKey(2, nft.PortName(Field.Port.Destination), byte.MaxValue, info.Mode);
        AddKey(4, $"{family} saddr", info.SourceMask, info.Mode);
        AddKey(8, nft.PortName(Field.Port.Source), byte.MaxValue, info.Mode);
        ReadOnlySpan<byte> name = BoundedText<HashLimitInfo.TableName>.Text(info.Name);
        string timeout = info.Expire == 1000 ? "" : $" timeout {info.Expire / 1000}s";
        string meter = $"{{ {string.Join(" . ", keys)}{timeout} limit rate {rate} }}";
        return (info.Mode & HashLimit.RateMatch) == 0 && packets + bytes > 0 && (keys.Count == 0 // one rate for all packets
            ? nft.Write($" limit rate {rate}")
            : NftText.IsName(name) && nft.Write($" meter {nft.MeterName(Encoding.ASCII.GetString(name), meter)} {meter}"));

        void AddKey(uint bit, string key, byte mask, uint mode)
        {
            if ((mode & bit) != 0)
            {
                keys.Add(mask >= nft.Family.AddressSize * 8 ? key : $"{key} and {NftText.MaskOf(nft.Family, mask)}");
            }
        }
    }
}
