using MarginalConditional.Cli.Saving;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>A kept comparison as study files write its sides and rows.</summary>
internal static class KeptComparison
{
    /// <summary>
    /// A comparison by person: the last rung of its ladder as it was asked for, and the model's coefficient.
    /// </summary>
    public static RefittedTrial Of(PersonComparison comparison)
    {
        var options = comparison.Options;
        var scale = ScaleNames.Primary(options.Family, options.EffectiveLink).Word;
        var reference = options.NormalReference ? "normal" : "auto";
        return new RefittedTrial(
            TrialLikeness.Of(comparison),
            comparison.Convergence.Converged,
            [
                $"compare-by-person: {{name: rung-3, scale: {scale}, se: {options.EffectiveErrors.Name}, df: {reference}}}",
                $"compare-by-person: {{name: coefficient, row: conditional, df: {reference}}}",
            ])
        {
            Estimands = [$"rung-3-{scale}", "conditional"],
        };
    }

    /// <summary>The marginal side; a working correlation that studies have not is left to their own.</summary>
    /// <param name="structure">The working correlation.</param>
    /// <param name="variance">The word for its standard errors.</param>
    /// <param name="isNormal">Whether tests refer to the normal distribution.</param>
    public static string MarginalMethod(WorkingCorrelation structure, string? variance, bool isNormal)
    {
        var correlation = structure.Name is "independence" or "ar1" or "unstructured" or "toeplitz"
            ? $"correlation: {structure.Name}, "
            : string.Empty;
        return $"gee: {{{correlation}se: {variance}, df: {(isNormal ? "normal" : "k-p")}}}";
    }
}
