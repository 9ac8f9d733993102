namespace Candor.Pages.Phrases;

/// <summary>What readers are told of Candor's own trouble.</summary>
internal abstract class ProblemWords : Spoken
{
    public abstract string Of(SelfProblem problem);
}
