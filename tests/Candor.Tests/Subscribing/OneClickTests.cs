using System.Text;
using Candor.Access;
using Candor.Notices.Subscribers;
using Microsoft.AspNetCore.Http;

namespace Candor.Tests.Subscribing;

public sealed class OneClickTests
{
    private const string Part = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click", true)]
    [InlineData("multipart/form-data; boundary=b", Part, true)]
    [InlineData("application/x-www-form-urlencoded", "", false)]
    [InlineData("application/x-www-form-urlencoded", "List-Unsubscribe=", false)]
    [InlineData("application/x-www-form-urlencoded", "One-Click", false)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nnonsense", false)]
    [InlineData("text/plain", "List-Unsubscribe=One-Click", false)]
    [InlineData(null, "", false)]
    public async Task Only_what_RFC_8058_has_ends_a_subscription(string? type, string body, bool isSaid)
    {
        var context = new DefaultHttpContext { Request = { Method = "POST", ContentType = type, Body = new MemoryStream(Encoding.UTF8.GetBytes(body)) } };

        Assert.Equal(isSaid, await OneClick.IsSaidAsync(context));
    }

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(59.5, 60)]
    [InlineData(325, 360)]
    public void A_wait_is_told_in_minutes_and_never_too_short(double seconds, int said) =>
        Assert.Equal(TimeSpan.FromSeconds(said), Waits.Said(TimeSpan.FromSeconds(seconds)));
}
