using Candor.Access;
using Candor.Journal;

namespace Candor.Admin;

/// <summary>A form as it was sent: exactly the fields that its handler names, each once. Anything else is refused, so nothing can be slipped in.</summary>
internal sealed class SentForm
{
    private const int FieldLengthMax = 40_000;
    private readonly IFormCollection form;

    private SentForm(IFormCollection form) => this.form = form;

    public string this[string name] => form[name].ToString();

    /// <summary>Null where it was refused; the answer is written then.</summary>
    public static async Task<SentForm?> ReadAsync(HttpContext context, params IReadOnlyList<string> names)
    {
        if (!context.Request.HasFormContentType)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status415UnsupportedMediaType, new("form.type", "Send a form."));
            return null;
        }

        IFormCollection sent;
        try
        {
            sent = await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new("form.unreadable", "The form cannot be read."));
            return null;
        }

        var wrong = sent.Keys.FirstOrDefault(key => key != "form_token" && !names.Contains(key))
            ?? names.FirstOrDefault(name => sent[name].Count > 1 || sent[name].ToString().Length > FieldLengthMax);
        if (wrong is not null || sent.Files.Count > 0)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new Refusal(
                "form.field", $"The field “{Short(wrong)}” does not belong into this form, or stands in it twice.", Short(wrong)));
            return null;
        }

        return new(sent);
    }

    private static string Short(string? name) => name is null ? "file" : name.Length > 40 ? name[..40] : name;
}
