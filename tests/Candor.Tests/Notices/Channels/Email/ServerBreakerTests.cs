using Candor.Notices.Channels.Email;
using Candor.Testing;

namespace Candor.Tests.Notices.Channels.Email;

public sealed class ServerBreakerTests
{
    private readonly ManualTimeProvider time = new(new(2024, 2, 29, 9, 54, 0, TimeSpan.Zero));

    [Fact]
    public void After_five_failures_in_a_row_one_at_a_time_finds_out()
    {
        var breaker = new ServerBreaker(time, static () => 0.5);
        for (var i = 0; i < 4; i++)
        {
            breaker.Failed("refused");
        }

        Assert.Null(breaker.Refuse());
        breaker.Failed("refused");
        Assert.Equal((TimeSpan.FromSeconds(30), "refused"), breaker.Refuse());

        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(breaker.Refuse());
        Assert.NotNull(breaker.Refuse());

        breaker.Succeeded();
        Assert.Null(breaker.Refuse());
    }

    [Fact]
    public void A_success_in_between_starts_the_count_again()
    {
        var breaker = new ServerBreaker(time, static () => 0.5);
        for (var i = 0; i < 20; i++)
        {
            breaker.Failed("refused");
            if (i % 4 == 3)
            {
                breaker.Succeeded();
            }
        }

        Assert.Null(breaker.Refuse());
    }
}
