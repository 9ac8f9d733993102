using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Candor.Pages;
using Candor.Pages.Audiences;
using Candor.State;

namespace Candor.Tests.Pages.AsOf;

/// <summary>The time machine equals history: what readers got at an instant is what they get for it later.</summary>
public sealed partial class TimeMachineProperties
{
    private const int Seeds = 12;
    private const int Steps = 60;

    public static TheoryData<int> Journals => [.. Enumerable.Range(1, Seeds)];

    [Theory]
    [MemberData(nameof(Journals))]
    public async Task A_page_rendered_then_is_the_page_rendered_for_then_now(int seed)
    {
        await using var rig = new PastRig().Started();
        var then = new List<(DateTimeOffset At, ImmutableDictionary<string, string> Pages)>();
        var facts = new RandomFacts(seed);
        var clock = MadeUpWorld.Start;
        rig.Facts.Commit(clock, MadeUpWorld.Facts());
        for (var step = 0; step < Steps; step++)
        {
            clock += facts.Pause();
            // Once in a while the clock is set back; what readers see goes on nevertheless.
            var committed = step % 17 == 16 ? clock.AddSeconds(-40) : clock;
            rig.Facts.Commit(committed, facts.Next(rig.Facts.World, committed));
            if (step % 6 == 5)
            {
                var at = (rig.Facts.Latest > clock ? rig.Facts.Latest : clock) + TimeSpan.FromSeconds(step % 3);
                then.Add((at, await LiveAsync(rig.Facts, at)));
                clock = at;
            }
        }

        foreach (var (at, pages) in then.OrderBy(_ => seed % 2 == 0 ? 1 : -1).ThenByDescending(one => seed % 2 == 0 ? one.At.Ticks : -one.At.Ticks))
        {
            foreach (var (path, page) in pages)
            {
                Assert.Equal(page, AsFarAsKept(await rig.ReadAsync(path, at)));
            }
        }
    }

    /// <summary>Everything that readers could get, with fresh readings and a Candor that is well.</summary>
    private static async Task<ImmutableDictionary<string, string>> LiveAsync(StoredFacts facts, DateTimeOffset at)
    {
        var brief = new Brief(new AudienceView(null, facts.World).Of(facts.World), at)
        {
            WhoIsTold = facts.World,
            Position = facts.Position,
            LastReadings = facts.World.Monitors.Keys.ToImmutableDictionary(id => id, _ => at.AddSeconds(-3)),
        };
        var pages = ImmutableDictionary.CreateBuilder<string, string>();

        // The page for what does not exist speaks of then in the past tense; everything else is the same words.
        foreach (var plan in Catalogue.FrontOf(brief).Concat(Catalogue.ArchiveOf(brief)).Where(plan => plan.Path != "/404"))
        {
            var rendition = await plan.Render(brief, TestContext.Current.CancellationToken);
            pages[plan.Path] = AsFarAsKept(Encoding.UTF8.GetString(rendition!.Content));
        }

        return pages.ToImmutable();
    }

    /// <summary>
    /// Without what docs/decisions/0120 says is not kept (the age of readings, our own health) and without what marks
    /// a page of the past (its banner, its links).
    /// </summary>
    private static string AsFarAsKept(string page)
    {
        page = Marks().Replace(page, "");
        page = page.Replace("\"well\":true", "\"well\":null", StringComparison.Ordinal)
            .Replace("\"past\":false", "\"past\":true", StringComparison.Ordinal);
        return Ages().Replace(page, "\"${name}\":null");
    }

    [GeneratedRegex("""<p class="(verified|asof)".*?</p>|<meta name="robots" content="noindex">| data-past|\?at=[0-9T:.-]+Z|\s+(?=<)""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline, 10_000)]
    private static partial Regex Marks();

    [GeneratedRegex("\"(?<name>verified_at|as_of)\":\\s?(\"[^\"]*\"|null)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Ages();
}
