namespace Candor.Pages.Phrases;

/// <summary>Whoever raises a problem says it in English.</summary>
internal sealed class EnglishProblems : ProblemWords
{
    public override string Of(SelfProblem problem) => problem.Sentence;
}
