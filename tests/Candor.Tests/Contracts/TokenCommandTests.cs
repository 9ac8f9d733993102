using System.Text.Json;
using Candor.Access;
using Candor.Commands;
using Candor.Effects;
using Candor.Tests.Commands;

namespace Candor.Tests.Contracts;

public sealed class TokenCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_token_is_made_shown_once_listed_and_revoked()
    {
        var made = await RunAsync("create --name deploy --scope post --expires 30d");
        var token = TokenText.Read(made.Output.Trim());
        Assert.NotNull(token);
        Assert.Equal((Exit.Done, ""), (made.Exit, made.Error));

        var listed = await RunAsync("list");
        Assert.Equal($"{token.Id}  post   good      until 2026-03-31  deploy\n", listed.Output);

        Assert.Equal(Exit.Done, (await RunAsync($"revoke {token.Id}")).Exit);
        var line = JsonElement.Parse((await RunAsync("list --json")).Output)[0];
        Assert.Equal("revoked", line.GetProperty("state").GetString());
        Assert.DoesNotContain(token.Secret, line.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create --name deploy --scope owner", Exit.WrongUsage, "owner")]
    [InlineData("create --scope read", Exit.WrongUsage, "--name")]
    [InlineData("create --name deploy --scope read --expires soon", Exit.WrongUsage, "write a duration such as 30s, 5m or 24h")]
    [InlineData("create --name deploy --scope read --expires 900d", Exit.Failed, "A token lasts up to 366 days")]
    [InlineData("revoke nothing", Exit.Failed, "There is no token nothing")]
    public async Task What_is_wrong_is_named(string line, int exit, string sentence)
    {
        var said = await RunAsync(line);

        Assert.Equal(exit, said.Exit);
        Assert.Contains(sentence, said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_a_server_holds_is_left_alone()
    {
        using var held = FolderLock.Take(folder["data"]);

        var said = await RunAsync("create --name deploy --scope read");

        Assert.Equal(Exit.Failed, said.Exit);
        Assert.Contains("its list of people cannot be changed from here", said.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["data/people.db"]));
    }

    public void Dispose() => folder.Dispose();

    private Task<Shell> RunAsync(string line) => Shell.RunAsync(
        $"candor token {line} --data {folder["data"]}", static terminal => TokenCommand.Create(terminal, new SystemRandomness()));
}
