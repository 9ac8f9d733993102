using Candor.Access;
using Candor.Journal;

namespace Candor.Admin;

/// <summary>A form as it was sent: exactly the fields that its handler names, each once. Anything else is refused, so nothing can be slipped in.</summary>
internal sealed class SentForm
{
    private const int FieldLengthMax = 120_000;
    private readonly IFormCollection form;

    private SentForm(IFormCollection form) => this.form = form;

    public string this[string name] => form[name].ToString();

    /// <summary>The fields that were sent, other than the token.</summary>
    public IEnumerable<string> Names => form.Keys.Where(static key => key != "form_token");

    /// <summary>What a field holds each time that it was sent: for lists of checkboxes.</summary>
    public IReadOnlyList<string> All(string name) => [.. form[name].Select(static one => one ?? "")];

    /// <summary>Files that came with it.</summary>
    public IReadOnlyList<IFormFile> Files => form.Files;

    /// <summary>Null where it was refused; the answer is written then.</summary>
    public static Task<SentForm?> ReadAsync(HttpContext context, params IReadOnlyList<string> names) => ReadAsync(context, names, ManyOf.None);

    /// <summary>The same for a form with one field for each of something.</summary>
    public static async Task<SentForm?> ReadAsync(HttpContext context, IReadOnlyList<string> names, ManyOf many)
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

        var wrong = sent.Keys.FirstOrDefault(key => key != "form_token" && !names.Contains(key) && !many.Has(key))
            ?? sent.Keys.FirstOrDefault(key => (sent[key].Count > 1 && !many.MayRepeat(key)) || sent[key].ToString().Length > FieldLengthMax);
        if (wrong is not null || sent.Files.Any(file => file.Name != many.File))
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new Refusal(
                "form.field", $"The field “{Short(wrong)}” does not belong into this form, or stands in it twice.", Short(wrong)));
            return null;
        }

        return new(sent);
    }

    private static string Short(string? name) => name is null ? "file" : name.Length > 40 ? name[..40] : name;
}

/// <summary>Fields that a form has as many of as there is something.</summary>
/// <param name="Prefix">What the names of such fields begin with, or null.</param>
/// <param name="Repeated">The names of fields that may stand there several times.</param>
internal sealed record ManyOf(string? Prefix = null, params IReadOnlyList<string> Repeated)
{
    public static readonly ManyOf None = new();

    /// <summary>The name of the field in which files may come, or null.</summary>
    public string? File { get; init; }

    public bool MayRepeat(string name) => Repeated.Contains(name);

    public bool Has(string name) => MayRepeat(name) || (Prefix is not null && name.StartsWith(Prefix, StringComparison.Ordinal));
}
