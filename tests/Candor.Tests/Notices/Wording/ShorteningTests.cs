using System.IO.Pipelines;
using Candor.Languages;
using Candor.Notices.Channels;
using Candor.Notices.Wording;
using Candor.Notices.Workers;
using Candor.Pages.Wording;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Wording;

public sealed class ShorteningTests
{
    /// <summary>In the form that goes to a channel each of these letters takes six bytes.</summary>
    private static readonly string Long = string.Join(' ', Enumerable.Repeat("Слово", 4_166));

    [Fact]
    public void What_is_short_stays_as_it_is()
    {
        var facts = Facts([.. Enumerable.Range(1, 30).Select(static seq => Update(seq, "Short."))]);
        Assert.Equal(facts.Updates, Shortening.Of(facts).Updates);
    }

    [Fact]
    public void The_newest_word_stays_whole_and_those_for_which_there_is_no_room_become_a_line()
    {
        var updates = Shortening.Of(Facts([.. Enumerable.Range(0, 6).Select(static i => Update(6 - i, Long))])).Updates;

        Assert.All(updates.Take(4), static update => Assert.Equal(Long, update.Body));
        Assert.All(updates.Skip(4), static update => Assert.InRange(update.Body.Length, 100, 162));
    }

    [Fact]
    public void In_a_digest_the_newest_word_of_each_comes_before_the_older_ones_of_any()
    {
        var part = Facts([Update(3, Long), Update(2, Long), Update(1, Long)]);
        var parts = Shortening.Of(Facts([]) with { Parts = [part, part, part] }).Parts;

        Assert.All(parts, static one => Assert.Equal(Long, one.Updates[0].Body));
        Assert.Equal(Long, parts[0].Updates[1].Body);
        Assert.All(parts.Skip(1), static one => Assert.NotEqual(Long, one.Updates[1].Body));
    }

    [Theory]
    [InlineData("Слово ")]
    [InlineData("&&&&& ")]
    [InlineData("- a\n")]
    [InlineData("**b** ")]
    public void A_digest_of_very_much_is_a_message_that_a_channel_takes(string piece)
    {
        var body = string.Concat(Enumerable.Repeat(piece, 25_000 / piece.Length));
        var facts = Shortening.Of(Facts([]) with
        {
            About = MessageSubject.Digest,
            Parts = [.. Enumerable.Range(0, 30).Select(_ => Facts([Update(2, body), Update(1, body)]))],
        });
        var words = Telling.Of(facts, new(new PageClock("UTC", Language.English), Noon));
        var message = new Message { Key = "k", Thread = "t", Address = "a", Words = new() { Subject = words.Subject, Text = words.Text, Html = words.Html, Facts = facts  }};

        Assert.True(new FramePipe(PipeReader.Create(Stream.Null), Stream.Null).Write(new() { Work = message }));
    }

    private static MessageFacts Facts(MessageUpdate[] updates) => new()
    {
        PageId = "p",
        PageName = "Heron Copier",
        Id = "i",
        Title = "Homepage is down",
        Status = "investigating",
        StartedAt = Noon,
        Updates = [.. updates],
    };

    private static MessageUpdate Update(int seq, string body) => new(seq, "investigating", Noon, body);
}
