using Candor.Access;
using Candor.Testing;
using Candor.Tests.Tidy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Access;

/// <summary>Many who may different things, at once, at one gate.</summary>
public sealed class PrivilegeMixTests
{
    private const int Threads = 64;

    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("CANDOR_MIX_ROUNDS"), out var asked) ? asked : 300;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SEC_32_Nobody_ever_gets_the_answer_of_somebody_else()
    {
        var chance = new Cast.Chance();
        var store = new MemoryPeople();
        var tokens = Enumerable.Range(0, Threads).Select(i => Cast.Token(chance, (TokenScope)(i % 3))).ToList();
        tokens.ForEach(token => store.Rows[("token", token.Kept.Key)] = token.Kept);
        await using var desk = await FrontDesk.OpenAsync(() => new(store.Open()), null, new ManualTimeProvider(Cast.Now), NullLogger.Instance, Ct);
        var wrong = 0;

        await Task.WhenAll(tokens.Select((token, i) => Task.Run(
            async () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    foreach (var act in new[] { Act.SeeOperations, Act.PostIncident, Act.Configure })
                    {
                        var context = new DefaultHttpContext { Request = { Method = "POST" } };
                        context.Request.Headers.Authorization = "Bearer " + token.Text.Reveal();
                        context.SetEndpoint(new(null, new(new AccessPolicy(Door.Bearer, act, null)), "test"));
                        Principal? seen = null;
                        await desk.Gate.ServeAsync(context, inside =>
                        {
                            seen = inside.Features.Get<Principal>();
                            return Task.CompletedTask;
                        });
                        var may = (TokenScope)(i % 3) >= ActRule.Of(act).Scope;
                        if (may != seen is not null || (seen is TokenPrincipal who && who.Id != token.Kept.Id))
                        {
                            Interlocked.Increment(ref wrong);
                        }
                    }
                }
            },
            Ct)));

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void SEC_33_Nothing_about_people_is_kept_by_what_a_secret_makes()
    {
        // The roster is the only place that is asked, by public ids and by hashes of 256 random bits.
        Breaches.None(
            from file in SourceTree.Files("src/Candor/Access", ".cs")
            from line in SourceTree.Code(file)
            where line.Text.Contains("MemoryCache", StringComparison.Ordinal) || line.Text.Contains("ConditionalWeakTable", StringComparison.Ordinal)
                || (line.Text.Contains("ConcurrentDictionary<string", StringComparison.Ordinal))
            select $"{file}:{line.Number}");
    }

    [Fact]
    public void SEC_31_No_password_code_or_key_is_part_of_the_source()
    {
        var values = new System.Text.RegularExpressions.Regex(
            """(?i)\b(password|passwd|secret|apikey|api_key|masterkey|salt)\b\s*(=|=>|:)\s*"[^"{}]{4,}"|cnd_[a-z]+_[0-9a-z]{12}_|-----BEGIN [A-Z ]*PRIVATE KEY""",
            System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

        Assert.Matches(values, "var password = \"hunter22\";");
        Breaches.None(
            from file in SourceTree.Files("src", ".cs", ".razor", ".js", ".yaml", ".json")
            from line in SourceTree.Code(file)
            where values.IsMatch(line.Text)
            select $"{file}:{line.Number}: {line.Text.Trim()}");
    }
}
