using Candor.Commands;
using Candor.Effects;
using Candor.Tests.Commands;

namespace Candor.Tests.Contracts;

public sealed class PeopleCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Somebody_is_invited_at_the_console_and_nobody_is_there_yet()
    {
        var said = await RunAsync("invite --name Ada --email Ada@example.com --role owner");

        Assert.Matches("^/invitation/[A-Za-z0-9_-]{43}\n$", said.Output);
        Assert.Equal("There is nobody. `candor serve` prints a set-up code for the first owner.\n", (await RunAsync("list")).Output);
    }

    [Theory]
    [InlineData("invite --name Ada --email ada --role owner", Exit.Failed, "Write an e-mail address")]
    [InlineData("invite --name Ada --email ada@example.com --role king", Exit.WrongUsage, "king")]
    [InlineData("remove nobody", Exit.Failed, "There is no such person.")]
    public async Task What_is_wrong_is_named(string line, int exit, string sentence)
    {
        var said = await RunAsync(line);

        Assert.Equal(exit, said.Exit);
        Assert.Contains(sentence, said.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private Task<Shell> RunAsync(string line) => Shell.RunAsync(
        $"candor people {line} --data {folder["data"]}", static terminal => PeopleCommand.Create(terminal, new SystemRandomness()));
}
