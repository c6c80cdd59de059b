using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>A kept comparison as study files write its sides.</summary>
internal static class KeptComparison
{
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
