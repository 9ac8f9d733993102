using System.Collections.Frozen;
using Candor.Mirrors;
using Candor.Pages;
using Candor.Testing;
using Candor.Tests.Pages;

namespace Candor.Tests.Mirrors;

/// <summary>What a publisher offers is what a mirror may take for the whole.</summary>
public sealed class OfferTests : IDisposable
{
    private readonly ManualTimeProvider time = new(MadeUpWorld.Start);
    private readonly SigningKey key = SigningKey.Make(new MemoryDisk(), SigningKey.PublisherFile);
    private readonly Editions editions = new();
    private readonly Offer offer;

    public OfferTests() => offer = new(editions, key, static () => null, time);

    public void Dispose() => key.Dispose();

    [Fact]
    public void Nothing_is_offered_before_what_is_over_is_in_it()
    {
        editions.Edition = Of(1, isComplete: false, "/");
        Assert.Null(offer.Newest());
        editions.Edition = Of(1, isComplete: true, "/", "/incidents/a");
        Assert.Equal(2, Read(offer.Newest()).Pages.Length);

        // A publisher that clears its archive and begins it anew leaves mirrors with what they have.
        time.Advance(TimeSpan.FromSeconds(5));
        editions.Edition = Of(2, isComplete: false, "/");
        Assert.Equal(2, Read(offer.Newest()).Pages.Length);
    }

    [Fact]
    public void What_came_a_moment_later_in_the_same_edition_is_after_what_came_before()
    {
        editions.Edition = Of(1, isComplete: true, "/");
        var first = Read(offer.Newest());
        time.Advance(TimeSpan.FromSeconds(5));
        editions.Edition = Of(1, isComplete: true, "/", "/history");
        var next = Read(offer.Newest());
        Assert.Equal((first.Position, first.RenderedAt), (next.Position, next.RenderedAt));
        Assert.True(next.IsAfter(first));
        Assert.False(first.IsAfter(next));
    }

    [Fact]
    public void A_page_without_a_version_for_when_nobody_can_vouch_for_it_waits_for_that()
    {
        editions.Edition = Of(1, isComplete: true, ["/history"], "/", "/history");
        Assert.Equal(["/"], Read(offer.Newest()).Pages.Select(page => page.Path));
    }

    [Fact]
    public void What_an_edition_before_had_is_there_for_a_mirror_that_is_far_away()
    {
        editions.Edition = Of(1, isComplete: true, "/");
        var hash = Read(offer.Newest()).Pages[0].Hash;
        for (var position = 2; position < 11; position++)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            editions.Edition = Of(position, isComplete: true, "/");
            Assert.NotEqual(hash, Read(offer.Newest()).Pages[0].Hash);
            Assert.NotNull(offer.Find(hash));
        }

        Assert.Null(offer.Find(new('0', 64)));
    }

    private static Manifest Read(Offered? offered) => Manifest.Read(offered!.Manifest);

    private static Edition Of(long position, bool isComplete, params string[] paths) => Of(position, isComplete, [], paths);

    private static Edition Of(long position, bool isComplete, string[] unprepared, params string[] paths) => new()
    {
        Position = position,
        RenderedAt = MadeUpWorld.Start,
        IsComplete = isComplete,
        Unprepared = unprepared.ToFrozenSet(StringComparer.Ordinal),
        Front = paths.ToFrozenDictionary(
            static path => path,
            path => PageBytes.From(new(path, "text/html; charset=utf-8", System.Text.Encoding.UTF8.GetBytes($"{path} {position}")), before: null),
            StringComparer.Ordinal),
    };

    private sealed class Editions : IEditionSource
    {
        public Edition Edition { get; set; } = Edition.None;
    }
}
