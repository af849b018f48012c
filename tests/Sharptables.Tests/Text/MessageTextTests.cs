using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Text;

public sealed class MessageTextTests
{
    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x61, 0xe9, 0x62 })]
    [InlineData(new byte[] { 0xff, 0xfe, 0x00, 0x80 })]
    [InlineData(new byte[] { 0xc3, 0xa9, 0xe9, 0xf0, 0x9f, 0x98, 0x80, 0xf0, 0x9f })]
    [InlineData(new byte[] { 0xed, 0xb2, 0x80 })] // what UTF-8 would be of a lone surrogate
    public void Bytes_come_back_as_they_were(byte[] bytes)
    {
        Output output = new(descriptor: -1);
        output.Write(MessageText.Of(bytes));
        Assert.Equal(bytes, output.Written.ToArray());
    }
}
