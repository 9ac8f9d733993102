using System.CommandLine;
using Candor.Commands;

namespace Candor.Tests.Commands;

/// <summary>A mirror's token and its mail account come out of the environment, and what is missing is named.</summary>
public sealed class MirrorVoiceTests
{
    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal) { ["CONTACTS"] = "token\n", ["PASSWORD"] = "p@ss:w/rd" };

    [Fact]
    public void Without_the_options_a_mirror_has_no_voice()
    {
        var said = Read();
        Assert.Null(said.Token);
        Assert.Null(said.Settings);
    }

    [Fact]
    public void What_is_named_is_looked_up_and_escaped()
    {
        var said = Read("--contacts", "$CONTACTS", "--mail", "smtp://us:$PASSWORD@mail.example.net", "--mail-from", "status@example.net", "--home", "https://status.example.net");
        Assert.Equal("token", said.Token);
        Assert.Equal(new("https://status.example.net/"), said.Home);
        Assert.Equal("smtp://us:p%40ss%3Aw%2Frd@mail.example.net", said.Settings!["smtp"]);
        Assert.DoesNotContain("token", said.ToString(), StringComparison.Ordinal);
        Assert.Null(Read("--contacts", "$CONTACTS").Settings);
    }

    [Theory]
    [InlineData("can be read by everybody on this machine", "--contacts", "token")]
    [InlineData("can be read by everybody on this machine", "--contacts", "$CONTACTS", "--mail", "smtp://us:hunter2@mail.example.net", "--mail-from", "a@example.net")]
    [InlineData("can be read by everybody on this machine", "--contacts", "$CONTACTS", "--mail", "smtp://$CONTACTS:hunter2@mail.example.net", "--mail-from", "a@example.net")]
    [InlineData("set NOTHING in the environment", "--contacts", "$NOTHING")]
    [InlineData("set NOTHING in the environment", "--contacts", "$CONTACTS", "--mail", "smtp://us:$NOTHING@mail.example.net", "--mail-from", "a@example.net")]
    [InlineData("without contacts has nobody to write to", "--mail", "smtp://mail.example.net", "--mail-from", "a@example.net")]
    [InlineData("there is no --mail-from", "--contacts", "$CONTACTS", "--mail", "smtp://mail.example.net")]
    [InlineData("there is no --mail", "--contacts", "$CONTACTS", "--mail-from", "a@example.net")]
    [InlineData("--mail: write a server such as", "--contacts", "$CONTACTS", "--mail", "mail.example.net", "--mail-from", "a@example.net")]
    [InlineData("--mail-from: write a mail address", "--contacts", "$CONTACTS", "--mail", "smtp://mail.example.net", "--mail-from", "nobody")]
    [InlineData("there is no --home", "--contacts", "$CONTACTS", "--mail", "smtp://mail.example.net", "--mail-from", "a@example.net")]
    [InlineData("readers do not have a mirror by that address", "--contacts", "$CONTACTS", "--mail", "smtp://mail.example.net", "--mail-from", "a@example.net", "--home", "http://status.example.net")]
    [InlineData("readers do not have a mirror by that address", "--contacts", "$CONTACTS", "--mail", "smtp://mail.example.net", "--mail-from", "a@example.net", "--home", "https://localhost:8080")]
    [InlineData("is no address of a page", "--contacts", "$CONTACTS", "--mail", "smtp://mail.example.net", "--mail-from", "a@example.net", "--home", "status.example.net")]
    [InlineData("there is no --mail", "--contacts", "$CONTACTS", "--home", "https://status.example.net")]
    public void What_is_wrong_is_named_and_no_secret_with_it(string expected, params string[] arguments)
    {
        var fault = Assert.Throws<CommandFault>(() => Read(arguments));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.Message + fault.Next, StringComparison.Ordinal);
    }

    private static MirrorVoice.Said Read(params string[] arguments)
    {
        var voice = new MirrorVoice(Environment.GetValueOrDefault);
        return voice.Read(new RootCommand { Options = { voice.Contacts, voice.Mail, voice.From, voice.Home } }.Parse(arguments));
    }
}
