namespace Candor.Pages.Phrases;

internal sealed class EnglishPage : PageWords
{
    public override FrameWords Frame { get; } = new EnglishFrame();

    public override HeadlineWords Headline { get; } = new EnglishHeadline();

    public override FrontWords Front { get; } = new EnglishFront();

    public override ComponentWords Component { get; } = new EnglishComponent();

    public override IncidentWords Incident { get; } = new EnglishIncident();

    public override UpdateWords Updates { get; } = new EnglishUpdates();

    public override ToldWords Told { get; } = new EnglishTold();

    public override MaintenanceWords Maintenance { get; } = new EnglishMaintenance();

    public override PlainWords Plain { get; } = new EnglishPlain();

    public override StepWords Steps { get; } = new EnglishSteps();

    public override SubscribeWords Subscribe { get; } = new EnglishSubscribe();

    public override FeedWords Feeds { get; } = new EnglishFeeds();

    public override ProblemWords Problems { get; } = new EnglishProblems();
}
