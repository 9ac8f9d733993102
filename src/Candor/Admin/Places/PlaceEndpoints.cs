using Candor.Access;
using Candor.Admin.Incidents;

namespace Candor.Admin.Places;

/// <summary><c>/go</c>: everything that can be gone to, as a page with a search, and as the list that the command palette shows.</summary>
internal static class PlaceEndpoints
{
    private const int QuestionMax = 200;

    public static void MapPlaces(this IEndpointRouteBuilder routes, FrontDesk desk, Room room) =>
        routes.MapGet("/go", Visit.For(desk, room, ShowAsync)).NeedsPerson(Act.SeeOperations);

    private static Task ShowAsync(Visit visit)
    {
        var places = PlaceList.Of(visit);
        if (visit.Context.Request.Headers["X-Candor-Part"] == "1")
        {
            return AdminPages.ShowPartAsync(visit.Context, PlaceView.List(places));
        }

        var question = visit.Context.Request.Query["q"].ToString();
        question = question.Length > QuestionMax ? question[..QuestionMax] : question;
        return visit.ShowAsync(PlaceView.Of(question, [.. PlaceList.Matching(places, question)]));
    }
}
