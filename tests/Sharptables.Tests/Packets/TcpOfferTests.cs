using Sharptables.Packets;
using Xunit;

namespace Sharptables.Tests.Packets;

public sealed class TcpOfferTests
{
    public static TheoryData<string, object> Options { get; } = new()
    {
        { "", default(TcpOffer) },
        { "01010101", default(TcpOffer) },
        { "00020405b4", default(TcpOffer) }, // behind the end
        { "020405b4", new TcpOffer(1460, null, false, false) },
        { "020405b40402080a000000010000000201030307", new TcpOffer(1460, 7, true, true) },
        { "03030f", new TcpOffer(null, 14, false, false) },
        { "0402", new TcpOffer(null, null, false, true) },
        { "fe0612340402", default(TcpOffer) }, // an option of another kind that swallows the next
        { "fe0412340402", new TcpOffer(null, null, false, true) },
        { "020305 0402".Replace(" ", "", StringComparison.Ordinal), new TcpOffer(null, null, false, true) }, // of a wrong length
        { "0204", default(TcpOffer) }, // cut off
        { "020405b403", new TcpOffer(1460, null, false, false) },
        { "03000402", default(TcpOffer) }, // of no length
        { "03010402", default(TcpOffer) },
        { "ff", default(TcpOffer) },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Offers_are_read_as_far_as_they_are_whole(string bytes, object offer) =>
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
