using Candor.Notices.Channels;
using Candor.Notices.Sending;
using Candor.Notices.Streams;

namespace Candor.Tests.Notices.Sending;

public sealed class FlowTests
{
    private static readonly Handover Delivered = Handover.Delivered("250");
    private static readonly Handover NoAnswer = Handover.TryAgain(Blame.Destination, "timeout", "");
    private static readonly Handover Greylisted = Handover.TryAgain(Blame.Recipient, "deferred", "450");

    private readonly Flow flow = new();
    private bool isForMany = true;

    [Fact]
    public void Several_who_are_tried_in_vain_for_ten_seconds_are_said_and_one_that_gets_through_ends_it()
    {
        Begin(0, 1..53);
        Answer(1, NoAnswer, 1..53);
        Assert.Equal([false, false, true, true], ((int[])[1, 9, 10, 60]).Select(second => flow.IsStuck(At(second))));

        Begin(61, 1..2);
        Answer(61, Delivered, 1..2);

        // One that got through by luck is not the channel.
        Assert.False(flow.IsStuck(At(62)));
        Assert.True(flow.IsStuck(At(71)));
    }

    [Fact]
    public void What_hangs_counts_like_what_fails()
    {
        Begin(0, 1..4);

        Assert.False(flow.IsStuck(At(9)));
        Assert.True(flow.IsStuck(At(10)));
    }

    [Fact]
    public void Odd_addresses_are_no_trouble_of_the_channel()
    {
        Begin(0, 1..3);
        Answer(1, NoAnswer, 1..3);
        Assert.All(Enumerable.Range(0, 600), second => Assert.False(flow.IsStuck(At(second))));
    }

    [Fact]
    public void A_few_who_are_put_off_by_their_own_side_stop_nothing_however_long_they_wait()
    {
        Begin(0, 1..54);
        Answer(2, Delivered, 1..51);
        for (var second = 2; second < 3_600; second += 60)
        {
            Answer(second, Greylisted, 51..54);
            Begin(second + 30, 51..54);
            Assert.False(flow.IsStuck(At(second + 29)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_few_who_never_answer_stop_nothing_where_most_got_through_and_hide_nothing_later(bool many)
    {
        isForMany = many;
        Begin(0, 1..54);
        Answer(2, Delivered, 1..51);
        Answer(3, NoAnswer, 51..54);
        for (var second = 60; second < 3_600; second += 60)
        {
            Begin(second, 51..54);
            Answer(second + 10, NoAnswer, 51..54);
            Assert.False(flow.IsStuck(At(second + 50)));
        }

        // An hour later a word concerns twenty, and none of them is reached.
        Begin(4_000, 1..21);
        Answer(4_001, NoAnswer, 1..21);
        Assert.True(flow.IsStuck(At(4_010)));
    }

    [Fact]
    public void One_host_with_many_addresses_is_one_receiver_that_is_down()
    {
        isForMany = false;
        foreach (var number in Enumerable.Range(1, 40))
        {
            flow.Began(Stream(number), "down.example", false, At(0));
            flow.Answered(Stream(number), NoAnswer, At(1));
        }

        Assert.False(flow.IsStuck(At(60)));
        Begin(60, 41..43);
        Answer(61, NoAnswer, 41..43);
        Assert.True(flow.IsStuck(At(70)));
    }

    [Fact]
    public void Who_is_not_waited_for_any_more_is_no_trouble()
    {
        Begin(0, 1..4);
        flow.Lost(Stream(1));
        Assert.True(flow.IsStuck(At(11)));

        flow.Left(Stream(1));
        Assert.False(flow.IsStuck(At(11)));
    }

    private static TimeSpan At(int second) => TimeSpan.FromHours(1) + TimeSpan.FromSeconds(second);

    private static StreamKey Stream(int number) => new(NoticeWorld.IdOf(number), NoticeWorld.OutageTopic);

    private static IEnumerable<int> Numbers(Range range) => Enumerable.Range(range.Start.Value, range.End.Value - range.Start.Value);

    private void Begin(int second, Range who)
    {
        foreach (var number in Numbers(who))
        {
            flow.Began(Stream(number), isForMany ? "mail.example" : $"host{number}.example", isForMany, At(second));
        }
    }

    private void Answer(int second, Handover handover, Range who)
    {
        foreach (var number in Numbers(who))
        {
            flow.Answered(Stream(number), handover, At(second));
        }
    }
}
