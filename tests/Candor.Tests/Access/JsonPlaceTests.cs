using System.Text;
using System.Text.Json;
using Candor.Access;
using Candor.Notices.Subscribers;
using Microsoft.AspNetCore.Http;

namespace Candor.Tests.Access;

/// <summary>Where a body is wrong, as a pointer into it.</summary>
public sealed class JsonPlaceTests
{
    [Theory]
    [InlineData("$", "")]
    [InlineData("$.digest", "digest")]
    [InlineData("$.subscribers[12].digest", "subscribers/12/digest")]
    [InlineData("$.rows[0][1]", "rows/0/1")]
    [InlineData("$['a.b'].c", "a.b/c")]
    [InlineData("$['a/b~c']", "a~1b~0c")]
    [InlineData("$.x['it's'][2]", "x/it's/2")]
    public void A_path_becomes_a_pointer(string path, string place) => Assert.Equal(place, JsonPlace.PointerOf(path));

    [Theory]
    [InlineData("""{"channel":"email","digest":"weekly"}""", "/digest")]
    [InlineData("""{"channel":"email","minimum_impact":"huge"}""", "/minimum_impact")]
    [InlineData("""{"channel":"email","components":["a",{}]}""", "/components/1")]
    [InlineData("""{"channel":"email","chanel":"email"}""", "/chanel")]
    [InlineData("""{"channel":"email","a/b":1}""", "/a~1b")]
    [InlineData("""[]""", null)]
    [InlineData("""{"channel":""", "/channel")]
    [InlineData("""nothing""", null)]
    public async Task A_body_that_does_not_read_is_refused_with_the_member_that_is_wrong(string body, string? place)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        using var answer = new MemoryStream();
        context.Response.Body = answer;

        Assert.Null(await JsonBody.ReadAsync(context, SubscriberJson.Default.SubscriberBody, "Send something else."));

        var problem = JsonElement.Parse(answer.ToArray());
        Assert.Equal((400, "body.unreadable"), (context.Response.StatusCode, problem.GetProperty("code").GetString()));
        Assert.EndsWith("Send something else.", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(place, problem.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("pointer").GetString() : null);
    }
}
