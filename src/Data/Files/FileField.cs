namespace MarginalConditional.Data.Files;

/// <summary>One column of a file as its head describes it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Label">What the file says the column is; null when it does not say.</param>
internal readonly record struct FileField(string Name, string? Label = null);
