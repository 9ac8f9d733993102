using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class EnglishSteps : StepWords
{
    public override string FirstSteps => "The first steps";

    public override string WatchesItself => "Until you tell it what to watch, Candor watches itself: its disk, its journal and its name resolution.";

    public override string NoComponents => "The settings name no components, so there is nothing to show. One is enough:";

    public override RenderFragment WriteAFile { get; } =
        Say($"Write a file called <code>candor.yaml</code> in the folder where Candor was started:");

    public override string ReadWithinSeconds =>
        "It is read within seconds, and again whenever you change it. A mistake in it changes nothing; this lists every one, with its line and what to write instead:";

    public override RenderFragment BecomeOwner { get; } = Say(
        $"Become its first owner, to write incidents and to invite others: the console of <code>candor serve</code> shows the operators’ address and the set-up code for it.");

    public override string WhereBlind =>
        "Should it then say “We cannot see”: Candor asks the gateway and the resolvers of its machine whether it sees anything at all, and calls nothing down while they are silent. Where they never answer, name something that does:";
}
