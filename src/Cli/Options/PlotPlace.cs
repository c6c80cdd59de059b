namespace MarginalConditional.Cli.Options;

/// <summary>A value of <c>--plot</c>.</summary>
/// <param name="Kind">The kind of picture; null for all into a folder.</param>
/// <param name="Path">The file, or the folder.</param>
internal sealed record PlotPlace(string? Kind, string Path);
