using Candor.Access;
using Candor.Access.Factors;
using Candor.Testing;
using Microsoft.AspNetCore.Http;

namespace Candor.Tests.Access;

public sealed class PasskeysTests : IAsyncLifetime
{
    private static readonly Person Ada = Cast.Somebody();
    private static readonly Person Bo = Cast.Somebody("bo0000000000", email: "bo@example.com");

    private readonly ManualTimeProvider time = new(Cast.Now);
    private readonly Authenticator device = new();
    private Register register = null!;
    private Passkeys passkeys = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static HttpContext Context => new DefaultHttpContext { Request = { Scheme = "http", Host = new("localhost", 8081) } };

    public async ValueTask InitializeAsync()
    {
        register = await Register.OpenAsync(new MemoryPeople().Open(), Ct);
        await register.CommitAsync(static _ => [RosterChange.Put(Ada), RosterChange.Put(Bo)], Ct);
        passkeys = new(register, new Challenges(time, new Candor.Effects.SystemRandomness()), time);
    }

    public async ValueTask DisposeAsync()
    {
        passkeys.Dispose();
        device.Dispose();
        await register.DisposeAsync();
    }

    [Fact]
    public async Task A_passkey_is_added_and_signs_in()
    {
        await AddAsync();
        var question = await passkeys.AskAsync(Context);

        var found = await passkeys.CheckAsync(question.Challenge, device.SignIn(question.Options, Ada.Id.Value), Context);

        Assert.Equal((Ada.Id, 1u), (found?.Person.Id, found?.Key.Counter));
    }

    [Fact]
    public async Task SEC_17_An_answer_opens_once_and_only_to_its_own_question()
    {
        await AddAsync();
        var (first, second) = (await passkeys.AskAsync(Context), await passkeys.AskAsync(Context));
        var answer = device.SignIn(first.Options, Ada.Id.Value);

        Assert.Null(await passkeys.CheckAsync(second.Challenge, answer, Context)); // swapped
        Assert.NotNull(await passkeys.CheckAsync(first.Challenge, answer, Context));
        Assert.Null(await passkeys.CheckAsync(first.Challenge, answer, Context)); // replayed
        Assert.Null(await passkeys.CheckAsync(second.Challenge, device.SignIn(second.Options, Ada.Id.Value), Context)); // its question was used up
    }

    [Fact]
    public async Task SEC_17_What_was_asked_is_never_taken_back_from_the_browser()
    {
        await AddAsync();
        var question = await passkeys.AskAsync(Context);

        Assert.Null(await passkeys.CheckAsync(question.Challenge, device.SignIn(new byte[32], Ada.Id.Value, "webauthn.get"), Context));
        var late = await passkeys.AskAsync(Context);
        time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        Assert.Null(await passkeys.CheckAsync(late.Challenge, device.SignIn(late.Options, Ada.Id.Value), Context));
    }

    [Fact]
    public async Task SEC_17_Nobody_signs_in_as_somebody_else_with_their_own_key()
    {
        await AddAsync();
        var question = await passkeys.AskAsync(Context);

        Assert.Null(await passkeys.CheckAsync(question.Challenge, device.SignIn(question.Options, Bo.Id.Value), Context));
    }

    [Theory]
    [InlineData("http://evil.example:8081", "localhost", "webauthn.get")]
    [InlineData("http://localhost:8082", "localhost", "webauthn.get")]
    [InlineData("http://localhost:8081", "evil.example", "webauthn.get")]
    [InlineData("http://localhost:8081", "localhost", "webauthn.create")]
    public async Task An_answer_of_another_page_or_kind_opens_nothing(string origin, string domain, string type)
    {
        await AddAsync();
        (device.Origin, device.Domain) = (origin, domain);
        var question = await passkeys.AskAsync(Context);

        Assert.Null(await passkeys.CheckAsync(
            question.Challenge, device.SignIn(Authenticator.Challenge(question.Options), Ada.Id.Value, type), Context));
    }

    [Fact]
    public async Task A_question_to_one_person_adds_no_key_to_another()
    {
        var question = await passkeys.OfferAsync(Ada, Context);

        Assert.Null(await passkeys.AcceptAsync(Bo.Id, question.Challenge, device.Register(question.Options), "Phone", Context));
    }

    [Fact]
    public async Task A_question_for_signing_in_adds_no_key()
    {
        var question = await passkeys.AskAsync(Context);

        Assert.Null(await passkeys.AcceptAsync(Ada.Id, question.Challenge, device.Register(question.Options), "Phone", Context));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[[[[[[[[")]
    [InlineData("""{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{},"clientExtensionResults":{}}""")]
    public async Task Rubbish_is_no_answer(string answer)
    {
        await AddAsync();
        var (ask, offer) = (await passkeys.AskAsync(Context), await passkeys.OfferAsync(Ada, Context));

        Assert.Null(await passkeys.CheckAsync(ask.Challenge, answer, Context));
        Assert.Null(await passkeys.AcceptAsync(Ada.Id, offer.Challenge, answer, "Phone", Context));
    }

    private async Task AddAsync()
    {
        var question = await passkeys.OfferAsync(Ada, Context);
        var key = await passkeys.AcceptAsync(Ada.Id, question.Challenge, device.Register(question.Options), "Phone", Context);
        Assert.NotNull(key);
        Assert.Null(await register.CommitAsync(roster => People.AddPasskey(roster, Ada.Id, key, Cast.Now), Ct));
    }
}
