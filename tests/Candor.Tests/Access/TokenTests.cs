using Candor.Access;

namespace Candor.Tests.Access;

public sealed class TokenTests
{
    private readonly Cast.Chance chance = new();

    [Fact]
    public void A_token_reads_back_as_it_was_made_and_shows_nothing_of_its_secret_in_a_log()
    {
        var text = TokenText.Make(TokenText.Api, chance);

        Assert.Matches("^cnd_api_[0-9a-z]{12}_[0-9A-Za-z]{49}$", text.Reveal());
        Assert.Equal(text, TokenText.Read(text.Reveal()));
        Assert.DoesNotContain(text.Secret, $"{text}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_slip_of_one_letter_anywhere_is_no_token()
    {
        var whole = TokenText.Make(TokenText.Api, chance).Reveal();

        Assert.All(Enumerable.Range(0, whole.Length), at =>
        {
            var slipped = whole[..at] + (whole[at] == 'x' ? 'y' : 'x') + whole[(at + 1)..];
            Assert.Null(TokenText.Read(slipped));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("cnd_")]
    [InlineData("cnd_api_")]
    [InlineData("cnd_api_aaaaaaaaaaaa_bbbb_cccc")]
    [InlineData("____________________________")]
    public void Other_text_is_no_token(string text) => Assert.Null(TokenText.Read(text));

    [Fact]
    public void Only_the_hash_of_a_token_is_kept()
    {
        var (text, kept) = Cast.Token(chance);

        Assert.Equal(64, kept.Hash.Length);
        Assert.DoesNotContain(text.Secret, System.Text.Json.JsonSerializer.Serialize(kept, AccessJson.Default.ApiToken), StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_token_is_recognised_and_any_other_is_not()
    {
        var (text, kept) = Cast.Token(chance, lasts: TimeSpan.FromDays(1));
        var roster = Roster.Of([kept]);

        Assert.Equal(kept.Id, Tokens.Recognise(roster, text, Cast.Now)?.Id);
        Assert.Null(Tokens.Recognise(roster, text with { Secret = TokenText.Make("api", chance).Secret }, Cast.Now));
        Assert.Null(Tokens.Recognise(roster, text with { Kind = "agent" }, Cast.Now));
        Assert.Null(Tokens.Recognise(roster, text with { Id = new("aaaaaaaaaaaa") }, Cast.Now));
        Assert.Null(Tokens.Recognise(roster, text, Cast.Now.AddDays(1)));
        var revoked = roster.With(Tokens.Revoke(roster, kept.Id, "test", Cast.Now).Events);
        Assert.Null(Tokens.Recognise(revoked, text, Cast.Now));
    }

    [Theory]
    [InlineData("", 90, "token.name")]
    [InlineData("two\nlines", 90, "token.name")]
    [InlineData("deploy", 0, "token.expires")]
    [InlineData("deploy", 367, "token.expires")]
    public void A_token_has_a_name_and_an_end(string name, int days, string code) =>
        Assert.Equal(code, Tokens.Make(name, TokenScope.Read, TimeSpan.FromDays(days), Cast.Now, chance).Decision.Refusal?.Code);

    [Fact]
    public void Tokens_are_found_in_the_middle_of_an_address()
    {
        var (one, two) = (TokenText.Make("api", chance), TokenText.Make("api", chance));

        var found = TokenText.FindIn($"/v1/pages?api_key={one.Reveal()}&x=cnd_api_nothing&y=cnd_{two.Reveal()}#").ToList();

        Assert.Equal([one, two], found);
    }

    [Fact]
    public void Use_is_noted_to_the_minute()
    {
        var (_, kept) = Cast.Token(chance);
        var roster = Roster.Of([kept]);

        Assert.True(Tokens.IsUseWorthNoting(roster, kept.Id, Cast.Now));
        roster = roster.With(Tokens.NoteUse(roster, kept.Id, Cast.Now).Events);
        Assert.Equal(Cast.Now, roster.Tokens[kept.Id].LastUsedAt);
        Assert.False(Tokens.IsUseWorthNoting(roster, kept.Id, Cast.Now.AddSeconds(59)));
        Assert.True(Tokens.IsUseWorthNoting(roster, kept.Id, Cast.Now.AddSeconds(60)));
    }
}
