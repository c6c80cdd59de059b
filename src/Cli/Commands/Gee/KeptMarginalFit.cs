using MarginalConditional.Cli.Saving;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Data;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Ordinal;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>A marginal model as the mechanism of trials.</summary>
internal static class KeptMarginalFit
{
    /// <summary>Why a fit is none.</summary>
    public static InputException Refusal => new(
        "Trials are made like fits with a working correlation, to one data set and without weights for dropout: odds ratios of pairs "
            + "(--association) and weighted equations say nothing of a whole cluster's outcomes.")
    {
        Hint = "Keep such a fit, or one of glmm.",
    };

    /// <summary>The fit with the methods that it is studied by: itself, and the mixed model's marginal coefficient.</summary>
    public static RefittedTrial Of(GeeFit fit)
    {
        return new RefittedTrial(
            TrialLikeness.Of(fit), fit.Convergence.Converged, [Method(fit.Correlation.Name), "marginalized-glmm"]);
    }

    /// <summary>An ordinal fit: itself, and the model that takes visits and persons of a cluster for independent.</summary>
    public static RefittedTrial Of(OrdinalGeeFit fit) => new(
        TrialLikeness.Of(fit), fit.Indicators.Convergence.Converged, [Method(fit.Indicators.Correlation.Name), "glm"]);

    /// <summary>The fit's own method; a working correlation that studies have not is left to their own.</summary>
    private static string Method(string correlation) =>
        $"gee: {{correlation: {(correlation is "independence" or "ar1" or "unstructured" or "toeplitz" ? correlation : "exchangeable")}}}";
}
