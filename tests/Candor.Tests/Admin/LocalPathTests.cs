using Candor.Admin;

namespace Candor.Tests.Admin;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/people", "/people")]
    [InlineData("/incidents/1?x=2#y", "/incidents/1?x=2#y")]
    [InlineData("//evil.example", "/now")]
    [InlineData("/\\evil.example", "/now")]
    [InlineData("https://evil.example", "/now")]
    [InlineData("javascript:alert(1)", "/now")]
    [InlineData("/\t/evil.example", "/now")]
    [InlineData("/\r\nSet-Cookie: a=b", "/now")]
    [InlineData("evil", "/now")]
    [InlineData("", "/now")]
    [InlineData(null, "/now")]
    public void SEC_36_After_signing_in_it_goes_on_to_a_path_of_ours(string? asked, string path) => Assert.Equal(path, LocalPath.Of(asked));
}
