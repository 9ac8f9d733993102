namespace Candor.Notices.Wording;

/// <summary>What is said: the subject, the plain text that is complete by itself, and the same words as the content of a body element.</summary>
internal sealed record NoticeWords(string Subject, string Text, string Html);
