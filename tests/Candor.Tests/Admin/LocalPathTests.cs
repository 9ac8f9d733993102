using Candor.Admin;

namespace Candor.Tests.Admin;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/people", "/people")]
    [InlineData("/incidents/1?x=2#y", "/incidents/1?x=2#y")]
    [InlineData("//evil.example", "/account")]
    [InlineData("/\\evil.example", "/account")]
    [InlineData("https://evil.example", "/account")]
    [InlineData("javascript:alert(1)", "/account")]
    [InlineData("/\t/evil.example", "/account")]
    [InlineData("/\r\nSet-Cookie: a=b", "/account")]
    [InlineData("evil", "/account")]
    [InlineData("", "/account")]
    [InlineData(null, "/account")]
    public void SEC_36_After_signing_in_it_goes_on_to_a_path_of_ours(string? asked, string path) => Assert.Equal(path, LocalPath.Of(asked));
}
