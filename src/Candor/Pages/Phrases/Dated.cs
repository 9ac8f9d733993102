using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>
/// A moment within a sentence: a time alone while it is today's, and else a day with its time. The page's zone says which it
/// is, until the reader's browser writes it anew in theirs, so what only one of the two needs in front of it goes into the
/// element: "seit 09:54 UTC" and "seit dem 26. Nov. 2026, 09:54 UTC".
/// </summary>
/// <param name="beforeDay">With its space, such as "dem ".</param>
/// <param name="beforeTime">With its space, such as "um ".</param>
internal delegate RenderFragment Dated(string beforeDay = "", string beforeTime = "");
