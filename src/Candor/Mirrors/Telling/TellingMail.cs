using System.Net;
using System.Security.Cryptography;
using System.Text;
using Candor.Languages;
using Candor.Notices.Channels;

namespace Candor.Mirrors.Telling;

/// <summary>The mail by which a mirror tells one person of a bulletin. Pure: told again, it is the same mail, Message-ID and all.</summary>
internal static class TellingMail
{
    private const int KeyLength = 32;

    /// <param name="home">The mirror's address, as readers have it.</param>
    public static Message Of(Bulletin bulletin, ContactList list, ContactEntry person, Uri home)
    {
        var speech = TellingSpeech.Of(Language.Of(person.Language));
        var (said, from) = (speech.Said(bulletin.Status, bulletin.At), speech.FromElsewhere(list.Page, list.Url));
        var leave = new Uri(home, $"{LeavingEndpoints.Folder}{person.Leave}").AbsoluteUri;
        return new()
        {
            Key = Keyed("mail", bulletin.Id, person.Leave),
            Thread = Keyed("thread", bulletin.Incident, person.Leave),
            OpensThread = bulletin.Id == bulletin.Incident,
            Address = person.Address,
            Words = new()
            {
                Subject = $"[{list.Page}] {bulletin.Title}: {speech.Language.Names.Within(bulletin.Status)}",
                Language = speech.Language.Tag,
                Text = $"{bulletin.Title}\n{said}\n\n{bulletin.Body.ReplaceLineEndings("\n")}\n\n{from}\n{speech.ReadOn}: {home}\n\n{speech.Why}\n{speech.Unsubscribe}: {leave}\n",
                Html = $"""
                    <h1>{Encoded(bulletin.Title)}</h1>
                    <p class="state">{Encoded(said)}</p>
                    <p>{Encoded(bulletin.Body).ReplaceLineEndings("<br>")}</p>
                    <p>{Encoded(from)}</p>
                    <p><a href="{Encoded(home.AbsoluteUri)}">{Encoded(speech.ReadOn)}</a></p>
                    <p class="soft">{Encoded(speech.Why)} <a href="{Encoded(leave)}">{Encoded(speech.Unsubscribe)}</a></p>
                    """,
                Facts = new()
                {
                    PageId = "", PageName = list.Page, PageUrl = list.Url, Id = bulletin.Incident, Title = bulletin.Title,
                    Status = bulletin.Status.ToString().ToLowerInvariant(), StartedAt = bulletin.At, CreatedAt = bulletin.At, UpdatedAt = bulletin.At,
                },
            },
            UnsubscribeUrl = leave,
        };
    }

    private static string Keyed(string what, string id, string leave) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{what} {id} {leave}")))[..KeyLength];

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
