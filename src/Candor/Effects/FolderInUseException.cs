namespace Candor.Effects;

/// <summary>Another process works in the data folder.</summary>
internal sealed class FolderInUseException(string folder, string holder) : IOException(
    $"The data folder '{folder}' is in use by process {(holder.Length > 0 ? holder : "of another user")}. "
    + "Stop that process, or give this one a folder of its own with --data.");
