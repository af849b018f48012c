using Sharptables.Packets;
using Xunit;

namespace Sharptables.Tests.Packets;

public sealed class TcpOfferTests
{
    public static TheoryData<string, TcpOffer> Options { get; } = new()
    {
        { "", default },
        { "01010101", default },
        { "00020405b4", default }, // behind the end
        { "020405b4", new(1460, null, false, false) },
        { "020405b40402080a000000010000000201030307", new(1460, 7, true, true) },
        { "03030f", new(null, 14, false, false) },
        { "0402", new(null, null, false, true) },
        { "fe0612340402", default(TcpOffer) }, // an option of another kind that swallows the next
        { "fe0412340402", new(null, null, false, true) },
        { "020305 0402".Replace(" ", "", StringComparison.Ordinal), new(null, null, false, true) }, // of a wrong length
        { "0204", default }, // cut off
        { "020405b403", new(1460, null, false, false) },
        { "03000402", default }, // of no length
        { "03010402", default },
        { "ff", default },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Offers_are_read_as_far_as_they_are_whole(string bytes, TcpOffer offer) =>
        Assert.Equal(offer, TcpOffer.Read(Convert.FromHexString(bytes)));

    [Fact]
    public void No_bytes_break_it()
    {
        Random random = new(1);
        byte[] bytes = new byte[40];
        for (int i = 0; i < 100_000; i++)
        {
            random.NextBytes(bytes);
            TcpOffer.Read(bytes.AsSpan(0, random.Next(41)));
        }
    }
}
