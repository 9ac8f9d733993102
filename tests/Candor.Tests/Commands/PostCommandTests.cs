using Candor.Commands;
using Candor.Commands.Posts;
using Candor.Testing;
using Candor.Tests.Access;
using Candor.Tests.Settings;

namespace Candor.Tests.Commands;

public sealed class PostCommandTests
{
    private readonly MemoryDisk disk = new(new ManualTimeProvider(Written.Noon));

    [Theory]
    [InlineData("candor post incident", "--title is missing", Exit.WrongUsage)]
    [InlineData("candor post incident --title Away", "--body is missing", Exit.WrongUsage)]
    [InlineData("candor post update", "--body is missing", Exit.WrongUsage)]
    [InlineData("candor post update --body x --next-update soon", "“soon” is no duration", Exit.WrongUsage)]
    [InlineData("candor post resolve --component Homepage", "does not say how it is", Exit.WrongUsage)]
    [InlineData("candor post resolve --server ftp://a", "is no address of a server", Exit.WrongUsage)]
    [InlineData("candor post resolve --server http://10.0.0.1:8081", "in the open", Exit.Unsafe)]
    [InlineData("candor post resolve", "There is no token", Exit.Failed)]
    [InlineData("candor post resolve --token-file none", "There is no file none", Exit.Failed)]
    [InlineData("candor post resolve --token-file slip", "a slip in it", Exit.Failed)]
    public async Task What_is_missing_or_wrong_is_said_with_the_next_thing_to_try(string line, string said, int exit)
    {
        disk.Write("slip", "cnd_api_000000000000_oops\n");
        var shell = await Shell.RunAsync(line, terminal => PostCommand.Create(terminal, disk, new Cast.Chance(), static _ => null));

        Assert.Equal(exit, shell.Exit);
        Assert.Contains(said, shell.Error, StringComparison.Ordinal);
        Assert.Contains("next: ", shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_may_hold_an_equals_sign() =>
        Assert.Equal([new("a=b", "operational")], PostText.ComponentsOf(["a=b = operational"])!.Value);
}
