using Candor.Access;
using Candor.Testing;

namespace Candor.Tests.Access;

public sealed class SetUpTests : IAsyncLifetime
{
    private readonly MemoryPeople store = new();
    private readonly ManualTimeProvider time = new(Cast.Now);
    private readonly Cast.Chance chance = new();
    private Register register = null!;
    private SetUp setUp = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        register = await Register.OpenAsync(store.Open(), Ct);
        setUp = new(register, new Candor.Effects.SystemRandomness(), time);
    }

    public async ValueTask DisposeAsync() => await register.DisposeAsync();

    [Fact]
    public async Task SEC_11_The_code_makes_one_owner_of_a_hundred_who_have_it()
    {
        var code = setUp.Begin()!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => setUp.UseAsync(code, $"P{i}", $"p{i}@example.com", Ct), Ct)));

        Assert.Single(answers, static answer => answer.Person is not null);
        Assert.Equal(Role.Owner, Assert.Single(register.Roster.People.Values).Role);
        Assert.False(setUp.IsOpen);
    }

    [Fact]
    public async Task SEC_11_Without_the_code_nobody_becomes_anything()
    {
        Assert.Equal("set_up.code", (await setUp.UseAsync("", "Ada", "ada@example.com", Ct)).Refusal?.Code);
        setUp.Begin();
        Assert.Equal("set_up.code", (await setUp.UseAsync("AAAA-AAAA-AAAA-AAAA", "Ada", "ada@example.com", Ct)).Refusal?.Code);
        Assert.Equal("set_up.code", (await setUp.UseAsync("", "Ada", "ada@example.com", Ct)).Refusal?.Code);
        Assert.Empty(register.Roster.People);
    }

    [Fact]
    public async Task A_slip_in_the_address_costs_no_code_and_neither_does_a_full_disk()
    {
        var code = setUp.Begin()!;

        Assert.Equal("people.email", (await setUp.UseAsync(code, "Ada", "ada", Ct)).Refusal?.Code);
        store.IsFull = true;
        await Assert.ThrowsAsync<IOException>(() => setUp.UseAsync(code, "Ada", "ada@example.com", Ct));
        store.IsFull = false;
        Assert.NotNull((await setUp.UseAsync(code.ToLowerInvariant(), "Ada", "ada@example.com", Ct)).Person);
    }

    [Fact]
    public async Task Once_somebody_can_sign_in_there_is_no_code_and_before_that_a_new_start_has_one()
    {
        await setUp.UseAsync(setUp.Begin()!, "Ada", "ada@example.com", Ct);
        Assert.NotNull(setUp.Begin());

        var ada = register.Roster.People.Values.Single();
        await register.CommitAsync(roster => People.AddPasskey(roster, ada.Id, new("key", "Phone", "AAAA", 0, Cast.Now), Cast.Now), Ct);

        Assert.Null(setUp.Begin());
        Assert.False(setUp.IsOpen);
    }
}
