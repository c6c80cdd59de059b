using MarginalConditional.Cli.Saving;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Data;
using MarginalConditional.Gee;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>A marginal model as the mechanism of trials.</summary>
internal static class KeptMarginalFit
{
    /// <summary>Why a fit is none.</summary>
    public static InputException Refusal => new(
        "Trials are made like fits with a working correlation, without weights for dropout, to one data set, and not like ordinal ones.")
    {
        Hint = "Keep such a fit of a binary, count or continuous outcome, or an ordinal one of glmm.",
    };

    /// <summary>The fit with the methods that it is studied by: itself, and the mixed model's marginal coefficient.</summary>
    public static RefittedTrial Of(GeeFit fit)
    {
        var name = fit.Correlation.Name;
        var word = name is "independence" or "ar1" or "unstructured" or "toeplitz" ? name : "exchangeable";
        return new RefittedTrial(TrialLikeness.Of(fit), fit.Convergence.Converged, [$"gee: {{correlation: {word}}}", "marginalized-glmm"]);
    }
}
