using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>What the sentences of every language are built with.</summary>
internal abstract class Spoken
{
    protected static RenderFragment Say(Phrase phrase) => phrase.Fragment;

    /// <summary>Ends a sentence; the point of an abbreviation ends it as well.</summary>
    protected static string Closed(string sentence) => sentence.EndsWith('.') ? sentence : sentence + ".";
}
