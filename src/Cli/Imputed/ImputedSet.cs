using MarginalConditional.Cli.Options;

namespace MarginalConditional.Cli.Imputed;

/// <summary>One completed data set.</summary>
/// <param name="Name">The value of the column that numbers it, or its file.</param>
/// <param name="Label">What sentences call it: <c>imputation 3</c>.</param>
/// <param name="Data">How it is read.</param>
internal sealed record ImputedSet(string Name, string Label, DataArguments Data);
