using System.Diagnostics.CodeAnalysis;

namespace Candor.Settings.Forms;

/// <summary>
/// A form that a value may take: reads the text, or answers with the remedy ("write a duration such as 30s, 5m or
/// 24h"). Null means that the text is right.
/// </summary>
internal delegate string? Form<T>(string text, [MaybeNull] out T value);
