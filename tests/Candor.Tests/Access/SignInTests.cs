using Candor.Access;
using Candor.Access.Factors;
using Candor.Access.Secrets;
using Candor.Testing;
using Candor.Tests.Pages;

namespace Candor.Tests.Access;

public sealed class SignInTests : IAsyncLifetime
{
    private const string Email = "ada@example.com";
    private const string Password = "a password for Ada";
    private const string Recovery = "ABCDEFGHIJKLMNOP";
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    private readonly ManualTimeProvider time = new(Cast.Now);
    private readonly MemoryPeople store = new();
    private readonly Cast.Chance chance = new();
    private Register register = null!;
    private Reception reception = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        register = await Register.OpenAsync(store.Open(), Ct);
        reception = new(register, MasterKeys.Load(new MemoryDisk(), "k", null, chance), chance, time, new KeptAudit(), rounds: 1000);
        var person = Cast.Somebody() with
        {
            Password = PasswordHash.Make(Password, chance, 1000),
            Totp = new(reception.Box.Seal("totp", "ada000000000", 1, Secret), 0),
            RecoveryCodes = [Hashes.Of(Recovery)],
        };
        await register.CommitAsync(_ => [RosterChange.Put(person)], Ct);
    }

    public async ValueTask DisposeAsync()
    {
        reception.Dispose();
        await register.DisposeAsync();
    }

    [Fact]
    public async Task Password_and_code_together_let_in() =>
        Assert.Equal("Ada", (await TryAsync(Email, Password, Code())).Person?.Name);

    [Fact]
    public async Task A_code_opens_once()
    {
        var code = Code();

        Assert.NotNull((await TryAsync(Email, Password, code)).Person);
        Assert.Null((await TryAsync(Email, Password, code)).Person);
        Assert.Null((await TryAsync(Email, Password, Code(-1))).Person);
        Assert.NotNull((await TryAsync(Email, Password, Code(1))).Person);
    }

    [Fact]
    public async Task Of_many_who_use_one_code_at_once_one_comes_in()
    {
        var code = Code();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Task.Run(() => TryAsync(Email, Password, code, $"10.0.0.{i}"), Ct)));

        Assert.Single(answers, static answer => answer.Person is not null);
    }

    [Fact]
    public async Task A_recovery_code_opens_once_however_it_is_typed()
    {
        Assert.NotNull((await TryAsync(Email, Password, "abcd-efgh-ijkl-mnop")).Person);
        Assert.Null((await TryAsync(Email, Password, Recovery)).Person);
    }

    [Theory]
    [InlineData(Email, "wrong", "code")]
    [InlineData("nobody@example.com", Password, "code")]
    [InlineData("not an address", Password, "code")]
    [InlineData(Email, Password, "000000")]
    [InlineData(Email, Password, "")]
    [InlineData(Email, "", "code")]
    public async Task SEC_36_Every_wrong_answer_is_the_same_sentence(string email, string password, string code) =>
        Assert.Equal(SignIn.Wrong, (await TryAsync(email, password, code == "code" ? Code() : code)).Refusal);

    [Fact]
    public async Task SEC_36_Whoever_does_not_exist_costs_the_same_work()
    {
        var rounds = new List<int>();
        using var passwords = new Passwords(chance, rounds: 1000, (password, salt, count) =>
        {
            rounds.Add(count);
            return PasswordHash.Derive(password, salt, count);
        });
        async Task<int> WorkAsync(string? stored)
        {
            rounds.Clear();
            Assert.False(await passwords.VerifyAsync(stored, "wrong", Ct));
            return rounds.Sum();
        }

        Assert.Equal(1000, await WorkAsync(null));
        Assert.Equal(1000, await WorkAsync(PasswordHash.Make(Password, chance, 1000)));
        Assert.Equal(1000, await WorkAsync(PasswordHash.Make(Password, chance, 10)));
    }

    [Fact]
    public async Task Five_wrong_codes_are_the_last_for_three_minutes_even_with_the_right_password()
    {
        for (var i = 0; i < 3; i++)
        {
            await TryAsync(Email, Password, "000000", "10.0.0.1");
        }

        Assert.Equal("sign_in.wait", (await TryAsync(Email, Password, Code(), "10.0.0.1")).Refusal?.Code);
        await TryAsync(Email, Password, "000000", "10.0.0.2");
        await TryAsync(Email, Password, "000000", "10.0.0.2");
        var answer = await TryAsync(Email, Password, Code(), "10.0.0.3");
        Assert.Equal("sign_in.wait", answer.Refusal?.Code);
        Assert.InRange(answer.Wait!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task Guessing_by_strangers_does_not_keep_out_who_signed_in_here_before()
    {
        for (var i = 0; i < 500; i++)
        {
            await TryAsync(Email, "guess", "000000", $"10.0.{i / 250}.{i % 250}");
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal("sign_in.wait", (await TryAsync(Email, Password, Code(), "192.0.2.1")).Refusal?.Code);
        var known = reception.SignIn.KnownMark(new("ada000000000"));
        Assert.NotNull((await reception.SignIn.ByPasswordAsync(Email, Password, Code(), "192.0.2.1", known, Ct)).Person);
        Assert.Equal("sign_in.wait", (await reception.SignIn.ByPasswordAsync(Email, Password, Code(1), "192.0.2.1", "forged", Ct)).Refusal?.Code);
    }

    [Fact]
    public async Task One_place_that_guesses_leaves_tries_for_others()
    {
        for (var i = 0; i < 100; i++)
        {
            await TryAsync(Email, "guess", "000000", "10.0.0.1");
        }

        Assert.NotNull((await TryAsync(Email, Password, Code(), "192.0.2.1")).Person);
    }

    private string Code(int off = 0) => TotpCode.At(Secret, TotpCode.StepAt(time.GetUtcNow()) + off);

    private Task<SignInAnswer> TryAsync(string email, string password, string code, string place = "127.0.0.1") =>
        reception.SignIn.ByPasswordAsync(email, password, code, place, null, Ct);
}
