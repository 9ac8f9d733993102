using Candor.Journal;

namespace Candor.Access;

/// <summary>Refusals on routes to which the forms of readers lead: a page for whoever asks for one, and the problem as everywhere for programs.</summary>
internal static class PageRefusals
{
    /// <param name="show">Writes the page; the status of the answer is set already.</param>
    public static RefusalForm With(Func<HttpContext, Refusal, Task> show) => new((context, refusal) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? show(context, refusal)
            : RefusalForm.Problem.WriteAsync(context, refusal));
}
