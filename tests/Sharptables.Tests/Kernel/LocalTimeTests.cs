using System.Globalization;
using System.Text;
using Sharptables.Kernel;
using Xunit;

namespace Sharptables.Tests.Kernel;

public sealed class LocalTimeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_700_000_000)]
    [InlineData(1_720_000_000)]
    [InlineData(4_102_444_800)]
    public void The_form_is_that_of_ctime(long seconds)
    {
        byte[] text = new byte[LocalTime.MaxLength];
        int length = LocalTime.Format(seconds, text);
        DateTime local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), TimeZoneInfo.Local).DateTime;
        string day = local.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2);
        string expected = local.ToString("ddd MMM ", CultureInfo.InvariantCulture) + day
            + local.ToString(" HH:mm:ss yyyy", CultureInfo.InvariantCulture);
        Assert.Equal(expected, Encoding.UTF8.GetString(text, 0, length));
    }

    [Theory]
    [InlineData(0, "1970-01-01 00:00:00.000000")]
    [InlineData(1_700_000_000_000_042, "2023-11-14 22:13:20.000042")]
    [InlineData(4_102_444_799_999_999, "2099-12-31 23:59:59.999999")]
    public void A_timestamp_keeps_its_zeros(long microseconds, string utc)
    {
        byte[] text = new byte[LocalTime.MaxLength];
        int length = LocalTime.FormatTimestamp(microseconds, text);
        DateTime expected = DateTime.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.Equal(
            expected.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture), Encoding.UTF8.GetString(text, 0, length));
    }
}
