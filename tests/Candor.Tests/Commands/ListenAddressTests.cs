using Candor.Commands;

namespace Candor.Tests.Commands;

public class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "127.0.0.1", 8080)]
    [InlineData("http://localhost:81/", "127.0.0.1", 81)]
    [InlineData("http://[::1]:0", "::1", 0)]
    [InlineData("http://0.0.0.0:8080", null, 8080)]
    [InlineData("http://*:8080", null, 8080)]
    [InlineData("http://[::]:8080", null, 8080)]
    public void Reads_what_people_write(string text, string? address, int port)
    {
        var read = ListenAddress.Read("--listen", text);

        Assert.Equal((address, port), (read.Address?.ToString(), read.Port));
    }

    [Theory]
    [InlineData("8080")]
    [InlineData("https://127.0.0.1")]
    [InlineData("http://status.example.com")]
    [InlineData("http://127.0.0.1:8080/path")]
    [InlineData("")]
    public void Refuses_the_rest_as_wrong_usage_with_an_example(string text)
    {
        var fault = Assert.Throws<CommandFault>(() => ListenAddress.Read("--listen", text));

        Assert.Equal(Exit.WrongUsage, fault.ExitCode);
        Assert.Contains("http://127.0.0.1:8080", fault.Next, StringComparison.Ordinal);
    }
}
