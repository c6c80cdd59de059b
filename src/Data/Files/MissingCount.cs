namespace MarginalConditional.Data.Files;

/// <summary>How often a code for missing values occurs, such as <c>.A</c> of SAS.</summary>
internal readonly record struct MissingCount(string Code, int Count);
