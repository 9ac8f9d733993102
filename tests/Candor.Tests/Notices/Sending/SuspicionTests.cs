using Candor.Notices.Channels;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using Candor.State;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Sending;

/// <summary>Who is suspected when a process ends, and how suspects go.</summary>
public sealed class SuspicionTests
{
    private static readonly TimeSpan Now = TimeSpan.FromHours(1);
    private readonly Dispatch dispatch = new(new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)) { WorkersMost = 100 }, static () => 0.5);

    [Fact]
    public void Any_of_those_that_had_begun_is_suspected_and_nothing_that_had_not()
    {
        Assert.Equal(["a", "b"], Of(EndOfWorker.Died, Held("a"), Held("b"), Held("c") with { IsBegun = false }));
    }

    [Fact]
    public void Where_one_was_there_when_another_died_it_is_that()
    {
        Assert.Equal(["b"], Of(EndOfWorker.Died, Held("a"), Held("b") with { WasSuspected = true }, Held("c") with { IsBegun = false, WasSuspected = true }));
    }

    [Fact]
    public void Where_it_was_given_too_long_it_is_what_it_held_for_so_long()
    {
        Assert.Equal(["c"], Of(EndOfWorker.HeldTooLong, Held("a"), Held("b") with { WasSuspected = true }, Held("c") with { IsOverdue = true }));
    }

    [Fact]
    public void Whom_we_end_ourselves_for_new_settings_died_of_nothing()
    {
        Assert.Empty(Of(EndOfWorker.Renewed, Held("a"), Held("b") with { WasSuspected = true }, Held("c") with { IsOverdue = true }));
    }

    [Fact]
    public void A_suspect_that_hangs_holds_up_those_of_its_own_destination_alone()
    {
        Offer(1, "hangs", Lane.Suspect);
        Offer(2, "hangs", Lane.Suspect);
        Offer(3, "well", Lane.Suspect);
        Offer(4, "well", Lane.Suspect);

        Assert.Equal([1, 3], TakeAll(Now));
        Answer(3, Handover.Delivered("200"));
        Assert.Equal([4], TakeAll(Now));
        Answer(1, Handover.Silent("timeout", ""));
        Assert.Equal([2], TakeAll(Now));
    }

    [Fact]
    public void Suspects_of_a_destination_that_answers_nobody_are_passed_over_and_waited_for_without_haste()
    {
        for (var number = 1; number <= 5; number++)
        {
            Offer(number, "broken", Lane.Fresh);
            Assert.Equal([number], TakeAll(Now));
            Answer(number, Handover.Silent("timeout", ""));
        }

        Offer(6, "broken", Lane.Suspect);
        Offer(7, "well", Lane.Suspect);

        Assert.Equal([7], TakeAll(Now));
        Assert.InRange(dispatch.NextAt(Now)!.Value - Now, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));
        Assert.Equal([6], TakeAll(Now + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Whoever_was_there_twice_goes_without_any_other_suspect()
    {
        Offer(1, "one", Lane.Suspect);
        Offer(2, "two", Lane.Alone);
        Offer(3, "three", Lane.Alone);
        Offer(4, "four", Lane.Fresh);

        Assert.Equal([1, 4], TakeAll(Now));
        Answer(1, Handover.Delivered("200"));
        Assert.Equal([2], TakeAll(Now));
        Offer(5, "one", Lane.Suspect);
        Offer(6, "four", Lane.Fresh);
        Assert.Equal([6], TakeAll(Now));
        Answer(2, Handover.Silent("timeout", ""));
        Assert.Equal([5], TakeAll(Now));
        Answer(5, Handover.Delivered("200"));
        Assert.Equal([3], TakeAll(Now));
    }

    private static IEnumerable<string> Of(EndOfWorker end, params Held[] held) => Suspicion.Of(held, end).Order(StringComparer.Ordinal);

    private static Held Held(string key) => new(key, IsBegun: true, WasSuspected: false, IsOverdue: false);

    private static StreamKey Key(int number) => new(IdOf(number), OutageTopic);

    private void Offer(int number, string destination, Lane lane) => dispatch.Offer(Key(number), destination, lane, new(false, Noon), Now - TimeSpan.FromSeconds(100 - number));

    private void Answer(int number, Handover handover) => dispatch.Answered(Key(number), handover, Now);

    /// <summary>Everything that may go, in the order in which it was offered.</summary>
    private List<int> TakeAll(TimeSpan now)
    {
        var taken = new List<int>();
        while (dispatch.TryTake(now, out var stream))
        {
            taken.Add(int.Parse(stream.Subscriber.Value.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture));
        }

        return [.. taken.Order()];
    }
}
