using Candor.Languages;

namespace Candor.Pages.Phrases;

/// <summary>Everything that the pages say in one language, a member for each part of them.</summary>
internal abstract class PageWords
{
    private static readonly PageWords English = new EnglishPage();
    private static readonly PageWords German = new GermanPage();

    public static PageWords In(Language language) => language.In(English, German);

    public abstract FrameWords Frame { get; }

    public abstract HeadlineWords Headline { get; }

    public abstract FrontWords Front { get; }

    public abstract ComponentWords Component { get; }

    public abstract IncidentWords Incident { get; }

    public abstract UpdateWords Updates { get; }

    public abstract ToldWords Told { get; }

    public abstract MaintenanceWords Maintenance { get; }

    public abstract PlainWords Plain { get; }

    public abstract StepWords Steps { get; }

    public abstract SubscribeWords Subscribe { get; }

    public abstract FeedWords Feeds { get; }

    public abstract ProblemWords Problems { get; }
}
