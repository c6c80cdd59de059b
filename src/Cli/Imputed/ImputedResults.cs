namespace MarginalConditional.Cli.Imputed;

/// <summary>What came of every imputed data set that is pooled.</summary>
/// <param name="Sets">The sets.</param>
/// <param name="Results">The result of each.</param>
/// <param name="Notes">Sets that were left out, one sentence each.</param>
internal sealed record ImputedResults<T>(
    IReadOnlyList<ImputedSet> Sets, IReadOnlyList<T> Results, IReadOnlyList<string> Notes);
